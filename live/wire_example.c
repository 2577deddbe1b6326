#include "live/wire.h"

/* One line a message, as it goes over the wire. The manual and the tests are made from this. */
const struct wire_example wire_examples[] = {
	{ "client", "hello",
	    "{\"type\":\"hello\",\"version\":1,\"name\":\"lena\",\"role\":\"scribe\","
	    "\"client\":\"debrief 1.0\",\"want\":\"join\","
	    "\"secret\":\"7k3f9q2mx0ab4hq7c2m9x1bz04\"}",
	    "the first line: who comes, and what for: join, watch, projector, console, read (leave "
	    "when ready) or step-down; the secret proves which hidden cards are its own" },
	{ "client", "hello",
	    "{\"type\":\"hello\",\"version\":1,\"cid\":\"9m2xwt04hq7c\",\"since\":17,"
	    "\"name\":\"lena\",\"want\":\"join\"}",
	    "coming back: the last change it has" },
	{ "host", "welcome",
	    "{\"type\":\"welcome\",\"version\":1,\"seq\":17,\"hidden\":2,"
	    "\"last\":\"2026-07-14T14:09:05Z\",\"you\":\"lena\",\"role\":\"scribe\","
	    "\"debrief\":\"2026-07-16-checkout-5xx-7k3f\",\"id\":\"7k3f9q2mx0ab\"}",
	    "who you are here; all of the debrief follows, or with `since` in it only what "
	    "came after" },
	{ "host", "op",
	    "{\"type\":\"op\",\"op\":{\"do\":\"snapshot\",\"changes\":[{\"add\":\"category\","
	    "\"id\":\"c1tech000000\",\"fields\":{\"order\":\"h0000k\",\"name\":\"Technical\"}}]}}",
	    "the stream: parts of the debrief, without a number" },
	{ "host", "ready",
	    "{\"type\":\"ready\",\"cid\":\"9m2xwt04hq7c\",\"seq\":17}",
	    "that was all, as of this change" },
	{ "client", "op",
	    "{\"type\":\"op\",\"op\":{\"cid\":\"4hq7c2m9x1bz\",\"do\":\"cause\","
	    "\"changes\":[{\"add\":\"cause\",\"id\":\"0d1mv2k7t9pq\","
	    "\"fields\":{\"category\":\"c1tech000000\",\"text\":\"Cache stampede\"}}]}}",
	    "a change it wants" },
	{ "host", "op",
	    "{\"type\":\"op\",\"op\":{\"cid\":\"4hq7c2m9x1bz\",\"seq\":18,"
	    "\"at\":\"2026-07-16T13:41:10Z\",\"by\":\"lena\",\"do\":\"cause\","
	    "\"changes\":[{\"add\":\"cause\",\"id\":\"0d1mv2k7t9pq\","
	    "\"fields\":{\"category\":\"c1tech000000\",\"text\":\"Cache stampede\","
	    "\"order\":\"h000m4\",\"number\":4,\"changed\":\"2026-07-16T13:41:10Z\"}}]}}",
	    "an accepted change, with its number in the order of all" },
	{ "host", "ack",
	    "{\"type\":\"ack\",\"cid\":\"4hq7c2m9x1bz\",\"seq\":18,\"text\":\"0d1mv2k7t9pq\"}",
	    "it is safe: the id of what it added, or ok" },
	{ "host", "refuse",
	    "{\"type\":\"refuse\",\"cid\":\"4hq7c2m9x1bz\",\"kind\":1,"
	    "\"reason\":\"the debrief is closed\"}",
	    "it was not done: the exit status and the reason" },
	{ "host", "notice",
	    "{\"type\":\"notice\",\"text\":\"saved 1a2b3c4: 1 cause added\"}",
	    "a sentence for everybody" },
	{ "host", "notice",
	    "{\"type\":\"notice\",\"name\":\"moss\",\"want\":\"knock\","
	    "\"text\":\"moss knocks: person add moss lets in, unlock opens the door\"}",
	    "one that asks something of this person: offer, knock, waits, tie, break, removed" },
	{ "client", "keep",
	    "{\"type\":\"keep\",\"text\":\"type 'cause add c1tech000000' 'half a li'\"}",
	    "what is to be given back when the same person comes again; kept in memory alone" },
	{ "host", "keep",
	    "{\"type\":\"keep\",\"away_s\":180,"
	    "\"text\":\"type 'cause add c1tech000000' 'half a li'\"}",
	    "after ready: what was left here" },
	{ "client", "pin",
	    "{\"type\":\"pin\",\"name\":\"lena\",\"role\":\"participant\"}",
	    "before the hello, from a forced command: the hello may say nothing else" },
	{ "client", "presence",
	    "{\"type\":\"presence\",\"typing\":true,\"pane\":\"fishbone\","
	    "\"item\":\"0d1mv2k7t9pq\"}",
	    "where it is; at most five a second" },
	{ "host", "presence",
	    "{\"type\":\"presence\",\"here\":[{\"name\":\"lena\",\"role\":\"scribe\","
	    "\"pane\":\"fishbone\",\"typing\":true},{\"name\":\"moss\",\"role\":\"participant\","
	    "\"away_s\":40}],\"counts\":{\"typing\":1}}",
	    "who is here, who dropped out lately, and what is told as numbers alone: written, "
	    "typing, ready, voted, voters" },
	{ "client", "ping",
	    "{\"type\":\"ping\",\"seq\":3}",
	    "is anybody there?" },
	{ "host", "pong",
	    "{\"type\":\"pong\",\"seq\":3}",
	    "yes" },
	{ "host", "bye",
	    "{\"type\":\"bye\",\"reason\":\"the host ends\"}",
	    "the last line; without a kind it is worth coming again" },
	{ "client", "bye",
	    "{\"type\":\"bye\"}",
	    "it leaves" },
};
const size_t n_wire_examples = sizeof wire_examples / sizeof *wire_examples;
