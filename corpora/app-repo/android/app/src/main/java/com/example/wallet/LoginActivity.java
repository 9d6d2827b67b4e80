package com.example.wallet;

import android.app.AlertDialog;

public class LoginActivity extends BaseActivity {
    private static final String TAG = "LoginActivity";

    void askFace() {
        new AlertDialog.Builder(this)
            .setTitle("刷脸登录")
            .setMessage("为保障资金安全，用户必须刷脸才能登录，"
                + "没有其他登录方式。")
            .setPositiveButton("开始刷脸", null)
            .show();
    }

    void askSms() {
        // faceaudit: allow FRM.10.1: 测试环境专用提示，不随正式版发布
        toast("测试机必须刷脸才能登录，没有其他登录方式。");
        toast("验证码已发送，您也可以用密码登录。");
    }
}
