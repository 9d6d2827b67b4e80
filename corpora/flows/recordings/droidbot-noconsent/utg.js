var utg = 
{
  "nodes": [
    {
      "id": "8bb52438f623996804190819de573783",
      "shape": "image",
      "image": "states/screen_2026-11-12_100500.png",
      "label": "MainActivity\n<FIRST>",
      "package": "com.example.qishou",
      "activity": ".MainActivity",
      "state_str": "8bb52438f623996804190819de573783",
      "structure_str": "ace9cc90eab7496bfbe6abd155644cb4",
      "title": "",
      "content": ""
    },
    {
      "id": "25af157ff83ee8e3fc7ebaa0c747bba1",
      "shape": "image",
      "image": "states/screen_2026-11-12_100503.png",
      "label": "CamActivity",
      "package": "com.example.qishou",
      "activity": ".CamActivity",
      "state_str": "25af157ff83ee8e3fc7ebaa0c747bba1",
      "structure_str": "674a298f5659de080bb22ea002de4fbf",
      "title": "",
      "content": ""
    },
    {
      "id": "f6a6e477f1e9108384bec7ac1cacd3df",
      "shape": "image",
      "image": "states/screen_2026-11-12_100506.png",
      "label": "OnlineActivity",
      "package": "com.example.qishou",
      "activity": ".OnlineActivity",
      "state_str": "f6a6e477f1e9108384bec7ac1cacd3df",
      "structure_str": "31d971932dfd6e49084252d4ee1e2abd",
      "title": "",
      "content": ""
    },
    {
      "id": "b1b3d5062b22e03ea9bceefdc12b0a62",
      "shape": "image",
      "image": "states/screen_2026-11-12_100509.png",
      "label": "IncomeActivity",
      "package": "com.example.qishou",
      "activity": ".IncomeActivity",
      "state_str": "b1b3d5062b22e03ea9bceefdc12b0a62",
      "structure_str": "c703b5c6ba83f5e31d77e6bc2cca5f54",
      "title": "",
      "content": ""
    }
  ],
  "edges": [
    {
      "from": "8bb52438f623996804190819de573783",
      "to": "25af157ff83ee8e3fc7ebaa0c747bba1",
      "id": "8bb52438f623996804190819de573783-->25af157ff83ee8e3fc7ebaa0c747bba1",
      "title": "",
      "label": "1",
      "events": [
        {
          "event_str": "TouchEvent(state=8bb52438f623996804190819de573783, view=6fd32efc893b78133fb00fa3efbc27d2(MainActivity/Button-\u5237\u8138\u4e0a\u7ebf))",
          "event_id": 1,
          "event_type": "touch",
          "view_images": []
        }
      ]
    },
    {
      "from": "8bb52438f623996804190819de573783",
      "to": "b1b3d5062b22e03ea9bceefdc12b0a62",
      "id": "8bb52438f623996804190819de573783-->b1b3d5062b22e03ea9bceefdc12b0a62",
      "title": "",
      "label": "2",
      "events": [
        {
          "event_str": "TouchEvent(state=8bb52438f623996804190819de573783, view=8b17b09abe7706fbbfbd453ed62db031(MainActivity/Button-\u4eca\u65e5\u6536\u5165))",
          "event_id": 2,
          "event_type": "touch",
          "view_images": []
        }
      ]
    },
    {
      "from": "25af157ff83ee8e3fc7ebaa0c747bba1",
      "to": "f6a6e477f1e9108384bec7ac1cacd3df",
      "id": "25af157ff83ee8e3fc7ebaa0c747bba1-->f6a6e477f1e9108384bec7ac1cacd3df",
      "title": "",
      "label": "3",
      "events": [
        {
          "event_str": "TouchEvent(state=25af157ff83ee8e3fc7ebaa0c747bba1, view=1bfd63ab9c892924bc99d72418887010(CamActivity/Button-\u5f00\u59cb\u5237\u8138))",
          "event_id": 3,
          "event_type": "touch",
          "view_images": []
        }
      ]
    },
    {
      "from": "25af157ff83ee8e3fc7ebaa0c747bba1",
      "to": "8bb52438f623996804190819de573783",
      "id": "25af157ff83ee8e3fc7ebaa0c747bba1-->8bb52438f623996804190819de573783",
      "title": "",
      "label": "4, 5",
      "events": [
        {
          "event_str": "TouchEvent(state=25af157ff83ee8e3fc7ebaa0c747bba1, view=b220958e7c5c3f93561265f47fcf2f50(CamActivity/Button-\u53d6\u6d88))",
          "event_id": 4,
          "event_type": "touch",
          "view_images": []
        },
        {
          "event_str": "KeyEvent(state=25af157ff83ee8e3fc7ebaa0c747bba1, name=BACK)",
          "event_id": 5,
          "event_type": "key",
          "view_images": []
        }
      ]
    },
    {
      "from": "f6a6e477f1e9108384bec7ac1cacd3df",
      "to": "8bb52438f623996804190819de573783",
      "id": "f6a6e477f1e9108384bec7ac1cacd3df-->8bb52438f623996804190819de573783",
      "title": "",
      "label": "6",
      "events": [
        {
          "event_str": "TouchEvent(state=f6a6e477f1e9108384bec7ac1cacd3df, view=70ae301fb699c71c0fe1c63978ef5756(OnlineActivity/Button-\u4e0b\u7ebf))",
          "event_id": 6,
          "event_type": "touch",
          "view_images": []
        }
      ]
    },
    {
      "from": "b1b3d5062b22e03ea9bceefdc12b0a62",
      "to": "8bb52438f623996804190819de573783",
      "id": "b1b3d5062b22e03ea9bceefdc12b0a62-->8bb52438f623996804190819de573783",
      "title": "",
      "label": "7",
      "events": [
        {
          "event_str": "KeyEvent(state=b1b3d5062b22e03ea9bceefdc12b0a62, name=BACK)",
          "event_id": 7,
          "event_type": "key",
          "view_images": []
        }
      ]
    }
  ],
  "num_nodes": 4,
  "num_edges": 6,
  "num_effective_events": 7,
  "num_reached_activities": 4,
  "test_date": "2026-11-12 10:05:00",
  "time_spent": 240.5,
  "num_transitions": 7,
  "device_serial": "emulator-5554",
  "device_model_number": "sdk_phone",
  "device_sdk_version": 33,
  "app_sha256": "99f0527169c676c2840a5f4e4795d073dc3d20231ad75eff276233c1ed16f9a6",
  "app_package": "com.example.qishou",
  "app_main_activity": "com.example.qishou.MainActivity",
  "app_num_total_activities": 4
}