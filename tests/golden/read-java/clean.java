public class LoginActivity extends Activity {
    private static final String TIP = "您可以拒绝刷脸，"
            + "改用短信验证码。";

    void ask() {
        new AlertDialog.Builder(this).setTitle("登录").setMessage("您可以拒绝刷脸，改用短信验证码。").show();
    }
}
