/* The far end of a connection over ssh: bytes both ways between a pair of descriptors and a host.
 */
#ifndef LIVE_RELAY_H
#define LIVE_RELAY_H

/* Carry until either end is gone. When `in` ends the host is told (half-closed) and has a moment to
 * finish. `wire` is a connected socket and is closed; `in` and `out` are the caller's and stay
 * blocking, whatever they are. */
void relay_run(int in, int out, int wire);

#endif
