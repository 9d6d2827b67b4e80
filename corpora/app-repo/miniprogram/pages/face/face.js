Page({
  go() {
    wx.showModal({
      title: '人脸识别授权',
      content: '点击“同意”即表示您同意《用户协议》《隐私政策》和《人脸识别服务协议》，并授权我们采集人脸信息。',
      confirmText: '同意',
      cancelText: '不同意'
    })
  }
})
