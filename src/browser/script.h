/* The scripts that run in a page: they tell us of what it asks for, refuse it,
 * and close ways out that go around the net. */
#ifndef FA_BROWSER_SCRIPT_H
#define FA_BROWSER_SCRIPT_H

#include <stdbool.h>

/* The binding by which the first one speaks; it takes it from the page before
 * the page's own scripts run. Payloads: "camera", "permission", "exit". */
#define FA_SCRIPT_BINDING "faceauditTell"

/* In every new document. */
const char *fa_script_guard(void);
/* Behind it, and for fa_script_state. */
const char *fa_script_watch(void);
/* From then on cameras give a picture, or not. */
const char *fa_script_camera(bool allow);
/* Ends when a frame is drawn. */
const char *fa_script_frames(void);
/* What is going on in the page: "FRAME TIMER OTHER REST", see script.c. */
const char *fa_script_state(void);
/* One screen down: the page, or what scrolls in its middle. */
const char *fa_script_scroll(void);
/* A function: what is to be filled in is set (a choice, a date: "set") or
 * focused and selected ("type"), else "no". */
const char *fa_script_fill(void);

#endif
