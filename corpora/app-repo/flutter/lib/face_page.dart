import 'package:flutter/material.dart';

void showConsent(BuildContext context, String user) {
  showDialog(
    context: context,
    builder: (_) => AlertDialog(
      title: const Text('人脸识别授权'),
      content: Text('$user，点击“同意”即表示您同意《用户协议》《隐私政策》'
          '和《人脸识别服务协议》，并授权我们采集人脸信息。'),
      actions: [
        TextButton(onPressed: accept, child: const Text('同意')),
        TextButton(onPressed: refuse, child: const Text('不同意')),
      ],
    ),
  );
}

const optional = '刷脸登录是可选的，您也可以用短信验证码登录。';
