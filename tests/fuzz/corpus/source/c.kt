package x
class LoginActivity : AppCompatActivity() {
    private val tip: String = "您必须完成人脸识别" + "后方可登录。"
    override fun onCreate(b: Bundle?) {
        Log.d(TAG, "日志中文")
        val c = '"'; val d = '\''
        button.setOnClickListener {
            AlertDialog.Builder(this).setTitle("人脸验证")
                .setMessage("您好 $name，您必须${x.y}完成人脸识别")
                .setPositiveButton("同意") { _, _ -> toast("已同意刷脸") }
                .setNegativeButton("拒绝", null).show()
        }
        val t = """
            |第一行人脸
            |第二行 ${'$'}x 人脸
        """.trimMargin()
    }
    @Composable fun Screen(cb: () -> Unit = {}) {
        Column { Text(text = "刷脸登录"); Row { Button(onClick = {}) { Text("同意") }
          Button({}) { Text("取消") } } }
    }
    fun `测试 人脸`() = foo("测试二")
}
