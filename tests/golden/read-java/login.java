public class LoginActivity extends Activity {
    private static final String TIP = "如您拒绝\u5237\u8138，"
            + "将无法使用本服务。";

    void ask() {
        new AlertDialog.Builder(this).setTitle("登录").setMessage("如您拒绝刷脸，将无法使用本服务。").show();
    }
}
