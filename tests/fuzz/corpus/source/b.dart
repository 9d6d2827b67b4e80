import 'package:人脸/x.dart';
/* outer /* nested "未完 */ */
class Page extends StatelessWidget {
  @Deprecated('旧的人脸')
  final String tip = '您必须'
      '完成人脸识别'
      "后方可登录。";
  Widget build(BuildContext c) {
    return Column(children: [
      Text('人脸登录 $name 和 ${a.b} 和 ${x ? '同意' : "不同意"}'),
      TextButton(child: Text('同意'), onPressed: () { toast('已同意刷脸'); }),
      TextButton(child: const Text('拒绝'), onPressed: null),
    ]);
  }
  void ask() {
    showDialog<void>(context: context, builder: (ctx) => AlertDialog(title: Text('人脸验证'), content: Text('''您必须
完成\u{4eba}\u8138识别'''), actions: [TextButton(child: Text('好的'), onPressed: () {})]));
    print('日志中文');
    var r = r'原始\n中文 $x';
  }
}
