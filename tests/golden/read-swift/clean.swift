final class LoginViewController: UIViewController {
    func ask() {
        let alert = UIAlertController(title: "登录", message: "您可以拒绝刷脸，改用短信验证码。", preferredStyle: .alert)
        alert.addAction(UIAlertAction(title: "继续", style: .default))
        present(alert, animated: true)
    }
}
