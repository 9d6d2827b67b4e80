void ask(BuildContext context) {
  showDialog<void>(
    context: context,
    builder: (context) => AlertDialog(
      title: const Text('登录'),
      content: const Text('您可以拒绝刷脸，改用短信验证码。'),
      actions: [TextButton(child: const Text('继续'), onPressed: () {})],
    ),
  );
}
