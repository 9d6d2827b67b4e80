Page({
  submit() {
    wx.redirectTo({ url: '/pages/records/records' });
  }
});
