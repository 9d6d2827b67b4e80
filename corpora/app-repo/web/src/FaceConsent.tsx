import { Modal } from 'antd';

export function FaceConsent({ user }: { user: string }) {
  return (
    <Modal title="人脸识别授权" okText="同意" cancelText="不同意">
      {user}，点击“同意”即表示您同意《用户协议》《隐私政策》和《人脸识别服务协议》，并授权我们采集人脸信息。
    </Modal>
  );
}

export const Optional = () => (
  <p title="可选">您可以选择刷脸，也可以用密码登录。</p>
);
