import { Modal } from '@/ui';

export function ask(): void {
  Modal.confirm({
    title: '登录',
    content:
      '如您拒绝刷脸，' +
      '将无法使用本服务。',
    okText: '继续',
  });
}

export const Login = () => (
  <View>
    <Text>如您拒绝<Text style={s.b}>刷脸</Text>，将无法使用本服务。</Text>
  </View>
);
