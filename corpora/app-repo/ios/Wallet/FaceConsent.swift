import UIKit

final class FaceConsent {
    func show(on host: UIViewController, user: String) {
        let alert = UIAlertController(
            title: "人脸识别授权",
            message: "\(user)，点击“同意”即表示您同意《用户协议》《隐私政策》和《人脸识别服务协议》，并授权我们采集人脸信息。",
            preferredStyle: .alert)
        alert.addAction(UIAlertAction(title: "同意", style: .default))
        alert.addAction(UIAlertAction(title: "不同意", style: .cancel))
        host.present(alert, animated: true)
    }

    // The lawful one.
    let optional = """
        刷脸是可选的登录方式，\
        您也可以用密码登录。
        """
}
