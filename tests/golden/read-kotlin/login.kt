class LoginActivity : AppCompatActivity() {
    private fun ask(name: String) {
        AlertDialog.Builder(this)
            .setTitle("登录")
            .setMessage("${name}：如您拒绝刷脸，将无法使用本服务。")
            .setPositiveButton("继续") { _, _ -> start() }
            .show()
    }
}
