enum Failure {
	FACE(1, "人脸识别失败"),
	REVIEW(2, "未通过审核，无法登录"),
	REFUSED(3, "用户拒绝授权");
}
class Messages {
	void tell(int code) {
		if (code == 1)
			Toast.makeText(this, "人脸识别失败", 0).show();
		if (code == 2)
			Toast.makeText(this, "未通过审核，无法登录", 0).show();
	}
}
