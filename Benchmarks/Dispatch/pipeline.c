// The yardstick of dispatch: a ventilator, workers and a sink over bare libzmq that keep no accounts. Each
// is a process of its own; a message goes through two hops, and nobody would notice if one were lost.
//
//   cc -O2 -o pipeline pipeline.c -lzmq
//   ./pipeline ipc|tcp MESSAGES BYTES [WORKERS]
//   ./pipeline latency MESSAGES
//
// Prints messages and bytes a second, as one JSON object, from the first message sent to the last one
// received; all connections stand before. The ventilator copies each message's bytes once, as who reads
// them from a file would.
//
// With `latency`: how long one message of 64 bytes takes over ipc from the ventilator by a worker and a sink
// back to the ventilator, in microseconds; one at a time, with a rest of a millisecond before each.

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

enum { MOST_WORKERS = 64, ADDRESS_LENGTH = 128 };

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

// Has a child end with its parent, however that ends.
static void end_with_parent(void) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
}

static void *make_socket(void *context, int type) {
  void *socket = zmq_socket(context, type);
  int none = 0;
  if (!socket || zmq_setsockopt(socket, ZMQ_LINGER, &none, sizeof none)) fail("zmq_socket");
  return socket;
}

// Binds a socket of `type` and says through `out` where it is.
static void *bind_socket(void *context, int type, const char *wanted, int out) {
  void *socket = make_socket(context, type);
  char address[ADDRESS_LENGTH] = "";
  size_t length = sizeof address;
  if (zmq_bind(socket, wanted)) fail(wanted);
  if (zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, address, &length)) fail("ZMQ_LAST_ENDPOINT");
  if (write(out, address, sizeof address) != sizeof address) fail("write");
  return socket;
}

static void read_all(int in, void *bytes, size_t count) {
  if (read(in, bytes, count) != (ssize_t)count) fail("read");
}

// Sends all messages as soon as it is told to, and when it began.
static void be_ventilator(const char *wanted, int in, int out, long messages, size_t bytes) {
  end_with_parent();
  void *socket = bind_socket(zmq_ctx_new(), ZMQ_PUSH, wanted, out);
  char *payload = malloc(bytes), go;
  if (!payload) fail("malloc");
  memset(payload, 7, bytes);
  read_all(in, &go, 1);
  double start = now();
  if (write(out, &start, sizeof start) != sizeof start) fail("write");
  for (long i = 0; i < messages; i++)
    if (zmq_send(socket, payload, bytes, 0) < 0) fail("zmq_send");
  pause();
}

// Passes on whatever comes, after an empty message that says that it is there. It comes by a socket that
// `attach` binds or connects.
static void be_relay(int (*attach)(void *, const char *), const char *from, const char *to) {
  end_with_parent();
  void *context = zmq_ctx_new();
  void *results = make_socket(context, ZMQ_PUSH), *lane = make_socket(context, ZMQ_PULL);
  if (zmq_connect(results, to) || attach(lane, from)) fail("zmq_connect");
  zmq_send(results, "", 0, 0);
  for (;;) {
    zmq_msg_t message;
    zmq_msg_init(&message);
    if (zmq_msg_recv(&message, lane, 0) < 0 || zmq_msg_send(&message, results, 0) < 0) _exit(0);
  }
}

static int compare(const void *left, const void *right) {
  double difference = *(const double *)left - *(const double *)right;
  return (difference > 0) - (difference < 0);
}

static int measure_latency(long messages) {
  char folder[] = "/tmp/pipeline-XXXXXX", addresses[3][ADDRESS_LENGTH], payload[64] = "";
  if (!mkdtemp(folder)) fail(folder);
  for (int i = 0; i < 3; i++) snprintf(addresses[i], ADDRESS_LENGTH, "ipc://%s/%d", folder, i);
  double *times = malloc(messages * sizeof *times);
  if (!times) fail("malloc");
  pid_t worker = fork();
  if (!worker) be_relay(zmq_connect, addresses[0], addresses[1]);
  pid_t sink = fork();
  if (!sink) be_relay(zmq_bind, addresses[1], addresses[2]);

  void *context = zmq_ctx_new();
  void *lane = make_socket(context, ZMQ_PUSH), *receipts = make_socket(context, ZMQ_PULL);
  if (zmq_bind(receipts, addresses[2]) || zmq_bind(lane, addresses[0])) fail("zmq_bind");
  // The greetings of the worker and the sink.
  for (int i = 0; i < 2; i++)
    if (zmq_recv(receipts, payload, sizeof payload, 0) < 0) fail("zmq_recv");
  usleep(300000);
  for (long i = 0; i < messages; i++) {
    usleep(1000);
    double start = now();
    if (zmq_send(lane, payload, sizeof payload, 0) < 0) fail("zmq_send");
    if (zmq_recv(receipts, payload, sizeof payload, 0) < 0) fail("zmq_recv");
    times[i] = (now() - start) * 1e6;
  }
  qsort(times, messages, sizeof *times, compare);
  printf(
      "{\"messages\": %ld, \"least\": %.1f, \"median\": %.1f, \"p90\": %.1f, "
      "\"greatest\": %.1f}\n",
      messages, times[0], times[messages / 2], times[messages * 9 / 10], times[messages - 1]);
  kill(worker, SIGKILL);
  kill(sink, SIGKILL);
  waitpid(worker, NULL, 0);
  waitpid(sink, NULL, 0);
  for (int i = 0; i < 3; i++) unlink(addresses[i] + strlen("ipc://"));
  return rmdir(folder) ? 1 : 0;
}

int main(int count, char **arguments) {
  if (count == 3 && !strcmp(arguments[1], "latency") && atol(arguments[2]) > 0)
    return measure_latency(atol(arguments[2]));
  long messages = count > 3 ? atol(arguments[2]) : 0;
  long bytes = count > 3 ? atol(arguments[3]) : 0;
  int workers = count > 4 ? atoi(arguments[4]) : 2;
  if (messages < 1 || bytes < 1 || workers < 1 || workers > MOST_WORKERS) {
    fprintf(
        stderr, "usage: %s ipc|tcp MESSAGES BYTES [WORKERS]\n       %s latency MESSAGES\n",
        arguments[0], arguments[0]);
    return 2;
  }
  char folder[] = "/tmp/pipeline-XXXXXX", lane[ADDRESS_LENGTH], results[ADDRESS_LENGTH];
  if (!mkdtemp(folder)) fail(folder);
  int is_local = !strcmp(arguments[1], "ipc");
  snprintf(lane, sizeof lane, is_local ? "ipc://%s/lane" : "tcp://127.0.0.1:*", folder);
  snprintf(results, sizeof results, is_local ? "ipc://%s/results" : "tcp://127.0.0.1:*", folder);

  pid_t children[MOST_WORKERS + 1];
  int to_ventilator[2], from_ventilator[2], own[2];
  if (pipe(to_ventilator) || pipe(from_ventilator) || pipe(own)) fail("pipe");
  if (!(children[0] = fork()))
    be_ventilator(lane, to_ventilator[0], from_ventilator[1], messages, bytes);
  read_all(from_ventilator[0], lane, sizeof lane);

  // Workers are forked before this process has a context, and told where its socket is.
  int to_workers[MOST_WORKERS];
  for (int i = 0; i < workers; i++) {
    int ends[2];
    if (pipe(ends)) fail("pipe");
    to_workers[i] = ends[1];
    if (!(children[i + 1] = fork())) {
      read_all(ends[0], results, sizeof results);
      be_relay(zmq_connect, lane, results);
    }
  }
  void *sink = bind_socket(zmq_ctx_new(), ZMQ_PULL, results, own[1]);
  read_all(own[0], results, sizeof results);
  for (int i = 0; i < workers; i++)
    if (write(to_workers[i], results, sizeof results) != sizeof results) fail("write");

  zmq_msg_t message;
  zmq_msg_init(&message);
  for (int i = 0; i < workers; i++) zmq_msg_recv(&message, sink, 0);
  // A worker's lane may connect a moment after its results' socket.
  usleep(300000);
  double start;
  if (write(to_ventilator[1], "", 1) != 1) fail("write");
  for (long i = 0; i < messages; i++)
    if (zmq_msg_recv(&message, sink, 0) < 0) fail("zmq_msg_recv");
  double seconds = now();
  read_all(from_ventilator[0], &start, sizeof start);
  seconds -= start;
  printf(
      "{\"messages\": %ld, \"bytes\": %ld, \"seconds\": %.6f, \"messages_per_second\": %.0f, "
      "\"bytes_per_second\": %.0f}\n",
      messages, bytes, seconds, messages / seconds, messages / seconds * bytes);

  for (int i = 0; i <= workers; i++) kill(children[i], SIGKILL);
  for (int i = 0; i <= workers; i++) waitpid(children[i], NULL, 0);
  if (is_local) {
    unlink(lane + strlen("ipc://"));
    unlink(results + strlen("ipc://"));
  }
  return rmdir(folder) ? 1 : 0;
}
