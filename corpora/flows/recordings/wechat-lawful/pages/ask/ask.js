Page({
  agree() {
    wx.startFacialRecognitionVerify({
      success() {
        wx.redirectTo({ url: '/pages/records/records' });
      }
    });
  },
  refuse() {
    wx.navigateTo({ url: '/pages/sms/sms' });
  }
});
