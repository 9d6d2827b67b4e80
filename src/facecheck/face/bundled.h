/* The matcher that comes with facecheck: detector, eyes, features and
 * projection trained on rendered people when the program was built. It needs
 * no file. For benchmarks and for the worked example, not for deployment: its
 * threshold was set on rendered people.
 *
 * open(NULL) uses the own detector; open(dir) uses the LBP cascade
 * dir/lbpcascade_frontalface.xml or dir/lbpcascade_frontalface_improved.xml
 * (as in Debian's opencv-data) and fails when there is none. Of the frames of
 * a probe the first is the one to encode: it looks straight ahead. Left and
 * right are those of the person, and frames are not mirrored: who turns to the
 * left turns to our right. */
#ifndef FC_FACE_BUNDLED_H
#define FC_FACE_BUNDLED_H

#include "facecheck/face/plugin.h"

/* Constant; lives for ever. */
const struct fc_plugin *fc_plugin_bundled(void);

#endif
