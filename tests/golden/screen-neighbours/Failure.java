enum Failure {
	FACE(1, "人脸识别失败"),
	REVIEW(2, "未通过审核，无法登录"),
	REFUSED(3, "用户拒绝授权");
}
