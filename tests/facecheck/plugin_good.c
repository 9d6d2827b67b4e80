/* Obeys. */
#include "facecheck/plugin.h"

PLUGIN("good", standin_open, standin_encode);
