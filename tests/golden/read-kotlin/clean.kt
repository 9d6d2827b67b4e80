class LoginActivity : AppCompatActivity() {
    private fun ask(name: String) {
        AlertDialog.Builder(this)
            .setTitle("登录")
            .setMessage("${name}：您可以拒绝刷脸，改用短信验证码。")
            .setPositiveButton("继续") { _, _ -> start() }
            .show()
    }
}
