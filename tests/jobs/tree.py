"""Trees of many small policies, of which one in fifty speaks of faces.

    tests/jobs/tree.py FOLDER COUNT
"""
import os
import sys

POLICY = '隐私政策\n我们重视您的隐私。这是第 %d 份文件。\n'
FACE = ('我们会采集您的人脸信息用于实名认证。'
        '您如不同意使用人脸识别，将无法使用本应用。\n')
PER_FOLDER = 20


def make(top, count):
    for i in range(count):
        folder = f'{top}/part-{i // 1000:04d}/app-{i // PER_FOLDER % 50:03d}'
        if i % PER_FOLDER == 0:
            os.makedirs(folder, exist_ok=True)
        with open(f'{folder}/policy-{i:06d}.txt', 'w', encoding='utf-8') as f:
            f.write(POLICY % i + (FACE if i % 50 == 7 else ''))


if __name__ == '__main__':
    make(sys.argv[1], int(sys.argv[2]))
