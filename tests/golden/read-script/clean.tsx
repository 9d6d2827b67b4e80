import { Modal } from '@/ui';

export function ask(): void {
  Modal.confirm({
    title: '登录',
    content:
      '您可以拒绝刷脸，' +
      '改用短信验证码。',
    okText: '继续',
  });
}
