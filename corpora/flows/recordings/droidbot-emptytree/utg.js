var utg = 
{
  "nodes": [
    {
      "id": "43508f1a0add7435c63776dc85e40c1d",
      "shape": "image",
      "image": "states/screen_2026-11-12_100500.png",
      "label": "MainActivity\n<FIRST>",
      "package": "com.example.cube.saga",
      "activity": ".MainActivity",
      "state_str": "43508f1a0add7435c63776dc85e40c1d",
      "structure_str": "ace9cc90eab7496bfbe6abd155644cb4",
      "title": "",
      "content": ""
    },
    {
      "id": "0721674046f4b67c3d7337e4ec8c826a",
      "shape": "image",
      "image": "states/screen_2026-11-12_100503.png",
      "label": "CamActivity",
      "package": "com.example.cube.saga",
      "activity": ".CamActivity",
      "state_str": "0721674046f4b67c3d7337e4ec8c826a",
      "structure_str": "674a298f5659de080bb22ea002de4fbf",
      "title": "",
      "content": ""
    },
    {
      "id": "bb303d2764a125706c1a40037d6017ac",
      "shape": "image",
      "image": "states/screen_2026-11-12_100506.png",
      "label": "PlayActivity",
      "package": "com.example.cube.saga",
      "activity": ".PlayActivity",
      "state_str": "bb303d2764a125706c1a40037d6017ac",
      "structure_str": "aac99e0e72aa678cf99d161d2abc164b",
      "title": "",
      "content": ""
    }
  ],
  "edges": [],
  "num_nodes": 3,
  "num_edges": 0,
  "num_effective_events": 0,
  "num_reached_activities": 3,
  "test_date": "2026-11-12 10:05:00",
  "time_spent": 240.5,
  "num_transitions": 0,
  "device_serial": "emulator-5554",
  "device_model_number": "sdk_phone",
  "device_sdk_version": 33,
  "app_sha256": "46de6ae3d370290027d1f760101d8f570ec89172008332ebd45040329dac3c00",
  "app_package": "com.example.cube.saga",
  "app_main_activity": "com.example.cube.saga.MainActivity",
  "app_num_total_activities": 3
}