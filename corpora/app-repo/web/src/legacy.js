var url = 'https://example.com/face?mode=1';
var re = /必须刷脸'才能/;

function ask() {
  // faceaudit: allow-file FRM.10.1: 旧站，年底关停
  alert('您必须刷脸才能登录，' +
        '没有其他登录方式。');
}

var ok = `您可以选择刷脸，也可以用${other}登录。`;
