final class LoginViewController: UIViewController {
    func ask() {
        let alert = UIAlertController(title: "登录", message: "如您拒绝刷脸，将无法使用本服务。", preferredStyle: .alert)
        alert.addAction(UIAlertAction(title: "继续", style: .default))
        present(alert, animated: true)
    }
}
