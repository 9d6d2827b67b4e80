@ApiModel("人脸模型")
public class A {
  static final String TIP = "您必须" + // x
     "完成人脸\u8bc6\u522b" + name + "后方可登录\uuuu3002\"引\"\t末";
  String[] list = { "甲人脸", "乙人脸" };
  void ask(Context c) {
    if (x) { toast("条件人脸"); } else { toast("否则人脸"); }
    new AlertDialog.Builder(c).setTitle("标题一").setMessage("内容一").setPositiveButton("同意", (d, w) -> { toast("已同意"); }).setNegativeButton("拒绝", null).show();
    String s = """
        您必须 \
        刷脸
        第二行人脸""";
    char q = '"'; int a = b ? 1 : 2;
    btn.setOnClickListener(new View.OnClickListener() { public void onClick(View v) { dialog.setText("点击人脸"); } });
    log.info("日志中文");
  }
}
