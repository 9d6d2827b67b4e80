import UIKit
class VC: UIViewController {
  let tip = "您必须完成人脸识别"
  func ask() {
    NSLog("日志中文")
    let a = UIAlertController(title: "人脸验证", message: "您必须\(name)完成\(ok ? "刷脸" : "人脸识别流程啊")", preferredStyle: .alert)
    a.addAction(UIAlertAction(title: "同意", style: .default) { _ in self.go("已经开始") })
    a.addAction(UIAlertAction(title: "拒绝", style: .cancel, handler: nil))
    let m = """
      第一行 \
      续行人脸
      第二行人脸 \u{4eba}
      """
    let r = #"原始\n"中文"\#(x)尾"#
  }
  var body: some View {
    VStack { Text("刷脸登录"); HStack { Button("同意") { }; Button("取消") {} } }
      .alert("提示人脸", isPresented: $s) { Button("好的") {} } message: { Text("您必须刷脸") }
  }
}
