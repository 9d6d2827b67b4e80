package com.example.wallet

object FaceDialog {
    fun consent(context: Context, name: String) {
        MaterialAlertDialogBuilder(context)
            .setTitle("人脸识别授权")
            .setMessage("尊敬的 $name，点击“同意”即代表您同意《用户协议》《隐私政策》并授权采集人脸信息。")
            .setPositiveButton("同意") { _, _ -> start() }
            .setNegativeButton("不同意") { _, _ -> finish() }
            .show()
    }

    fun optional(context: Context) {
        snackbar("""
            刷脸只是登录方式之一，
            您也可以使用短信验证码登录。
        """.trimIndent())
    }
}
