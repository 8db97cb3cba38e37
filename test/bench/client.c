/*
 * The host of the benchmarks: a program on a serial port that blocks in read and write, the same for the simulator and
 * for what it is measured against. Times are of CLOCK_MONOTONIC, as Node's process.hrtime.
 *
 *   client LINK trips COMMAND ROUNDS [PAUSE_MS]   COMMAND to "OK\r\n", ROUNDS times: prints one line of nanoseconds each
 *   client LINK dials COMMAND HANGUP ROUNDS   the same, with HANGUP after each, not timed
 *   client LINK at COMMAND END           COMMAND once; ends when END has come
 *   client LINK sync                     types AT until OK comes: the line is in command mode
 *   client LINK down COMMAND BYTES       reads BYTES after CONNECT: prints nanoseconds from the first to the last of them
 *   client LINK up COMMAND BYTES         writes BYTES after CONNECT, then waits for NO CARRIER
 *   client LINK flood COMMAND BYTES_A_MS MS   writes so many bytes every millisecond after CONNECT and reads what comes back, for MS;
 *                                        then leaves with +++: prints bytes written, bytes read
 * An empty COMMAND: nothing is typed, the line is connected already; there is no NO CARRIER either.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int port;
static char kept[65536 + 1];
static size_t kept_bytes;

static long long now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void fail(const char *what) {
  fprintf(stderr, "client: %s; the last of what came: %.200s\n", what, kept);
  exit(1);
}

static void put(const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(port, bytes, count);
    if (written <= 0) fail("the port cannot be written");
    bytes += written;
    count -= written;
  }
}

static int readable(int limit_ms) {
  struct pollfd one = {port, POLLIN, 0};
  return poll(&one, 1, limit_ms) == 1;
}

/* Reads until END is at hand, at most LIMIT_MS at a time; keeps what came after it. 0: it did not come. */
static int until(const char *end, int limit_ms) {
  for (;;) {
    char *found = strstr(kept, end);
    if (found) {
      char *rest = found + strlen(end);
      kept_bytes -= rest - kept;
      memmove(kept, rest, kept_bytes + 1);
      return 1;
    }
    if (kept_bytes > sizeof kept / 2) kept_bytes = 0;
    if (limit_ms > 0 && !readable(limit_ms)) return 0;
    ssize_t count = read(port, kept + kept_bytes, sizeof kept - 1 - kept_bytes);
    if (count <= 0) return 0;
    kept_bytes += count;
    kept[kept_bytes] = 0;
  }
}

static void command(const char *text, const char *end) {
  if (*text == 0) return;
  put(text, strlen(text));
  put("\r", 1);
  if (!until(end, 20000)) fail(end);
}

static void trips(const char *text, int rounds, int pause_ms) {
  char line[256];
  size_t length = snprintf(line, sizeof line, "%s\r", text);
  for (int i = 0; i < rounds; i++) {
    long long start = now_ns();
    put(line, length);
    if (!until("OK\r\n", 0)) fail("no OK");
    printf("%lld\n", now_ns() - start);
    usleep(pause_ms * 1000);
  }
}

static void dials(const char *text, const char *hang_up, int rounds) {
  for (int i = 0; i < rounds; i++) {
    long long start = now_ns();
    command(text, "OK\r\n");
    printf("%lld\n", now_ns() - start);
    command(hang_up, "OK\r\n");
  }
}

static void sync_line(void) {
  for (int tries = 0; tries < 100; tries++) {
    put("AT\r", 3);
    if (until("OK\r\n", 200)) return;
  }
  fail("no OK");
}

static void down(const char *text, long long bytes) {
  static char buffer[65536];
  command(text, "CONNECT\r\n");
  long long left = bytes - (long long)kept_bytes, start = kept_bytes ? now_ns() : 0;
  while (left > 0) {
    if (!readable(20000)) fail("too few bytes");
    ssize_t count = read(port, buffer, sizeof buffer);
    if (count <= 0) fail("the line ended");
    if (start == 0) start = now_ns();
    left -= count;
  }
  printf("%lld\n", now_ns() - start);
}

static void up(const char *text, long long bytes) {
  static char buffer[16384];
  memset(buffer, 'u', sizeof buffer);
  command(text, "CONNECT\r\n");
  while (bytes > 0) {
    size_t piece = bytes < (long long)sizeof buffer ? bytes : sizeof buffer;
    put(buffer, piece);
    bytes -= piece;
  }
  printf("written\n");
  fflush(stdout);
  if (*text) until("NO CARRIER\r\n", 20000);
}

/* Never waits for room to write: a line that does not take BYTES_A_MS shows in what was written. */
static void flood(const char *text, long long bytes_a_ms, long long limit_ms) {
  static char out[65536], in[65536];
  for (size_t at = 0; at < sizeof out; at++) out[at] = at % 100 == 98 ? '\r' : at % 100 == 99 ? '\n' : 'a' + at % 26;
  command(text, "CONNECT\r\n");
  fcntl(port, F_SETFL, O_NONBLOCK);
  long long start = now_ns(), ms, written = 0, got = kept_bytes;
  kept_bytes = 0;
  kept[0] = 0;
  while ((ms = (now_ns() - start) / 1000000) < limit_ms) {
    long long due = ms * bytes_a_ms - written;
    ssize_t count = due > 0 ? write(port, out, due < (long long)sizeof out ? due : (long long)sizeof out) : 0;
    if (count > 0) written += count;
    while ((count = read(port, in, sizeof in)) > 0) got += count;
    readable(1);
  }
  /* What is still under way, then the guard time of the escape. */
  while (readable(1500)) {
    ssize_t count = read(port, in, sizeof in);
    if (count <= 0) break;
    got += count;
  }
  fcntl(port, F_SETFL, 0);
  put("+++", 3);
  if (!until("OK\r\n", 5000)) fail("no OK after the escape");
  printf("%lld\n%lld\n", written, got);
}

int main(int count, char **words) {
  if (count < 3 || (port = open(words[1], O_RDWR | O_NOCTTY)) < 0) fail("the port cannot be opened");
  const char *mode = words[2];
  if (strcmp(mode, "trips") == 0) trips(words[3], atoi(words[4]), count > 5 ? atoi(words[5]) : 0);
  else if (strcmp(mode, "dials") == 0) dials(words[3], words[4], atoi(words[5]));
  else if (strcmp(mode, "at") == 0) command(words[3], words[4]);
  else if (strcmp(mode, "sync") == 0) sync_line();
  else if (strcmp(mode, "down") == 0) down(words[3], atoll(words[4]));
  else if (strcmp(mode, "up") == 0) up(words[3], atoll(words[4]));
  else if (strcmp(mode, "flood") == 0) flood(words[3], atoll(words[4]), atoll(words[5]));
  else fail("unknown mode");
  return 0;
}
