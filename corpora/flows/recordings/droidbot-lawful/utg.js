var utg = 
{
  "nodes": [
    {
      "id": "6b19456b812ea8f060a8d78c120b362b",
      "shape": "image",
      "image": "states/screen_2026-11-12_100500.png",
      "label": "MainActivity\n<FIRST>",
      "package": "com.example.chenguang.news",
      "activity": ".MainActivity",
      "state_str": "6b19456b812ea8f060a8d78c120b362b",
      "structure_str": "ace9cc90eab7496bfbe6abd155644cb4",
      "title": "",
      "content": ""
    },
    {
      "id": "1d38dd370968f2c0752d6ff54feb80ca",
      "shape": "image",
      "image": "states/screen_2026-11-12_100503.png",
      "label": "LoginActivity",
      "package": "com.example.chenguang.news",
      "activity": ".LoginActivity",
      "state_str": "1d38dd370968f2c0752d6ff54feb80ca",
      "structure_str": "885f7658d5392ebab1af047525a7605e",
      "title": "",
      "content": ""
    },
    {
      "id": "7e8b62c3d6af9b3c7a9af05916c16599",
      "shape": "image",
      "image": "states/screen_2026-11-12_100506.png",
      "label": "AskActivity",
      "package": "com.example.chenguang.news",
      "activity": ".AskActivity",
      "state_str": "7e8b62c3d6af9b3c7a9af05916c16599",
      "structure_str": "aca6bb94dbe6aad6c94cf50175b528cc",
      "title": "",
      "content": ""
    },
    {
      "id": "4b52016f7ba22b890ffbc63c0b6526f9",
      "shape": "image",
      "image": "states/screen_2026-11-12_100509.png",
      "label": "CamActivity",
      "package": "com.example.chenguang.news",
      "activity": ".CamActivity",
      "state_str": "4b52016f7ba22b890ffbc63c0b6526f9",
      "structure_str": "674a298f5659de080bb22ea002de4fbf",
      "title": "",
      "content": ""
    },
    {
      "id": "5c3d5045c44f774dbf141fc1da98a4de",
      "shape": "image",
      "image": "states/screen_2026-11-12_100512.png",
      "label": "SmsActivity",
      "package": "com.example.chenguang.news",
      "activity": ".SmsActivity",
      "state_str": "5c3d5045c44f774dbf141fc1da98a4de",
      "structure_str": "b7b8a267d75213c5ffce5cf193966ba0",
      "title": "",
      "content": ""
    },
    {
      "id": "54c4896a88df0f918a8819dc9da88686",
      "shape": "image",
      "image": "states/screen_2026-11-12_100515.png",
      "label": "HomeActivity",
      "package": "com.example.chenguang.news",
      "activity": ".HomeActivity",
      "state_str": "54c4896a88df0f918a8819dc9da88686",
      "structure_str": "f46937ae1ede30b6d62cdec3df49b65a",
      "title": "",
      "content": ""
    }
  ],
  "edges": [
    {
      "from": "6b19456b812ea8f060a8d78c120b362b",
      "to": "1d38dd370968f2c0752d6ff54feb80ca",
      "id": "6b19456b812ea8f060a8d78c120b362b-->1d38dd370968f2c0752d6ff54feb80ca",
      "title": "",
      "label": "1",
      "events": [
        {
          "event_str": "TouchEvent(state=6b19456b812ea8f060a8d78c120b362b, view=e0499d588eed55e2883868b86bd5a4c8(MainActivity/Button-\u767b\u5f55))",
          "event_id": 1,
          "event_type": "touch",
          "view_images": []
        }
      ]
    },
    {
      "from": "1d38dd370968f2c0752d6ff54feb80ca",
      "to": "5c3d5045c44f774dbf141fc1da98a4de",
      "id": "1d38dd370968f2c0752d6ff54feb80ca-->5c3d5045c44f774dbf141fc1da98a4de",
      "title": "",
      "label": "2",
      "events": [
        {
          "event_str": "TouchEvent(state=1d38dd370968f2c0752d6ff54feb80ca, view=d4ba6eee006ec97340f5a25cbd4ec0d2(LoginActivity/Button-\u77ed\u4fe1\u9a8c\u8bc1\u7801\u767b\u5f55))",
          "event_id": 2,
          "event_type": "touch",
          "view_images": []
        }
      ]
    },
    {
      "from": "1d38dd370968f2c0752d6ff54feb80ca",
      "to": "7e8b62c3d6af9b3c7a9af05916c16599",
      "id": "1d38dd370968f2c0752d6ff54feb80ca-->7e8b62c3d6af9b3c7a9af05916c16599",
      "title": "",
      "label": "3",
      "events": [
        {
          "event_str": "TouchEvent(state=1d38dd370968f2c0752d6ff54feb80ca, view=eabd13e92c4034712b0bdbfe2f0331fd(LoginActivity/Button-\u5237\u8138\u767b\u5f55))",
          "event_id": 3,
          "event_type": "touch",
          "view_images": []
        }
      ]
    },
    {
      "from": "1d38dd370968f2c0752d6ff54feb80ca",
      "to": "6b19456b812ea8f060a8d78c120b362b",
      "id": "1d38dd370968f2c0752d6ff54feb80ca-->6b19456b812ea8f060a8d78c120b362b",
      "title": "",
      "label": "4",
      "events": [
        {
          "event_str": "KeyEvent(state=1d38dd370968f2c0752d6ff54feb80ca, name=BACK)",
          "event_id": 4,
          "event_type": "key",
          "view_images": []
        }
      ]
    },
    {
      "from": "7e8b62c3d6af9b3c7a9af05916c16599",
      "to": "4b52016f7ba22b890ffbc63c0b6526f9",
      "id": "7e8b62c3d6af9b3c7a9af05916c16599-->4b52016f7ba22b890ffbc63c0b6526f9",
      "title": "",
      "label": "5",
      "events": [
        {
          "event_str": "TouchEvent(state=7e8b62c3d6af9b3c7a9af05916c16599, view=8fd0dad84f26495b32701e166aea7eca(AskActivity/Button-\u540c\u610f))",
          "event_id": 5,
          "event_type": "touch",
          "view_images": []
        }
      ]
    },
    {
      "from": "7e8b62c3d6af9b3c7a9af05916c16599",
      "to": "1d38dd370968f2c0752d6ff54feb80ca",
      "id": "7e8b62c3d6af9b3c7a9af05916c16599-->1d38dd370968f2c0752d6ff54feb80ca",
      "title": "",
      "label": "6",
      "events": [
        {
          "event_str": "TouchEvent(state=7e8b62c3d6af9b3c7a9af05916c16599, view=63cf208dd29ba9cea2dac4b138a55d95(AskActivity/Button-\u4e0d\u540c\u610f))",
          "event_id": 6,
          "event_type": "touch",
          "view_images": []
        }
      ]
    },
    {
      "from": "4b52016f7ba22b890ffbc63c0b6526f9",
      "to": "54c4896a88df0f918a8819dc9da88686",
      "id": "4b52016f7ba22b890ffbc63c0b6526f9-->54c4896a88df0f918a8819dc9da88686",
      "title": "",
      "label": "7",
      "events": [
        {
          "event_str": "TouchEvent(state=4b52016f7ba22b890ffbc63c0b6526f9, view=38db095b5f7cd689f0dbc90bc1bd86f2(CamActivity/Button-\u5f00\u59cb\u8bc6\u522b))",
          "event_id": 7,
          "event_type": "touch",
          "view_images": []
        }
      ]
    },
    {
      "from": "4b52016f7ba22b890ffbc63c0b6526f9",
      "to": "1d38dd370968f2c0752d6ff54feb80ca",
      "id": "4b52016f7ba22b890ffbc63c0b6526f9-->1d38dd370968f2c0752d6ff54feb80ca",
      "title": "",
      "label": "8",
      "events": [
        {
          "event_str": "TouchEvent(state=4b52016f7ba22b890ffbc63c0b6526f9, view=e6cdf08e176eaacda7a7bebb8cd83c0c(CamActivity/Button-\u53d6\u6d88))",
          "event_id": 8,
          "event_type": "touch",
          "view_images": []
        }
      ]
    },
    {
      "from": "5c3d5045c44f774dbf141fc1da98a4de",
      "to": "54c4896a88df0f918a8819dc9da88686",
      "id": "5c3d5045c44f774dbf141fc1da98a4de-->54c4896a88df0f918a8819dc9da88686",
      "title": "",
      "label": "9",
      "events": [
        {
          "event_str": "TouchEvent(state=5c3d5045c44f774dbf141fc1da98a4de, view=d75e17e0b70f2a342f08bb970d744f5f(SmsActivity/Button-\u767b\u5f55))",
          "event_id": 9,
          "event_type": "touch",
          "view_images": []
        }
      ]
    }
  ],
  "num_nodes": 6,
  "num_edges": 9,
  "num_effective_events": 9,
  "num_reached_activities": 6,
  "test_date": "2026-11-12 10:05:00",
  "time_spent": 240.5,
  "num_transitions": 11,
  "device_serial": "emulator-5554",
  "device_model_number": "sdk_phone",
  "device_sdk_version": 33,
  "app_sha256": "70ead43e9d555179f5e1241e9c6e32a994a1ba36149210565ab7cadc2762b292",
  "app_package": "com.example.chenguang.news",
  "app_main_activity": "com.example.chenguang.news.MainActivity",
  "app_num_total_activities": 6
}