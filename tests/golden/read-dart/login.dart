void ask(BuildContext context) {
  showDialog<void>(
    context: context,
    builder: (context) => AlertDialog(
      title: const Text('登录'),
      content: const Text('如您拒绝刷脸，将无法使用本服务。'),
      actions: [TextButton(child: const Text('继续'), onPressed: () {})],
    ),
  );
}
