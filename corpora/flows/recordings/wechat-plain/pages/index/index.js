Page({
  data: { show: false },
  onLoad() {
    wx.onNeedPrivacyAuthorization((resolve) => {
      this.resolve = resolve;
      this.setData({ show: true });
    });
  },
  openContract() {
    wx.openPrivacyContract({});
  },
  onAgree() {
    this.resolve({ event: 'agree', buttonId: 'agree' });
    this.setData({ show: false });
  },
  onDisagree() {
    this.resolve({ event: 'disagree' });
    this.setData({ show: false });
  },
  chooseAvatar() {
    wx.chooseMedia({ count: 1, mediaType: ['image'] });
  }
});
