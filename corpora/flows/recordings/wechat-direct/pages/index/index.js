Page({
  verify() {
    wx.startFacialRecognitionVerify({
      name: this.data.name,
      idCardNumber: this.data.idCard,
      success(res) {
        wx.navigateTo({ url: '/pages/orders/orders' });
      }
    });
  }
});
