Page({
  toSms() {
    wx.navigateTo({ url: '/pages/sms/sms' });
  },
  toAsk() {
    wx.navigateTo({ url: '/pages/ask/ask' });
  }
});
