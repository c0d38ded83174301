#!/usr/bin/env python3
"""Tasks of 64 bytes that do nothing, handed out by another system:  others.py SYSTEM TASKS

Two worker processes on this host. Measured is from the first task submitted to the last result there,
after the system has started and has done a hundred tasks. Prints one JSON object.
"""

import contextlib
import json
import multiprocessing
import os
import pathlib
import subprocess
import sys
import tempfile
import time

WARM_UP = 100
REDIS_PORT = 20_000 + os.getpid() % 10_000


def noop(payload):
    return payload


@contextlib.contextmanager
def with_multiprocessing():
    with multiprocessing.Pool(2) as pool:
        yield lambda payloads: sum(1 for _ in pool.imap_unordered(noop, payloads, chunksize=1))


def pass_on(lane, results):
    import zmq

    context = zmq.Context()
    out = context.socket(zmq.PUSH)
    out.connect(results)
    inlet = context.socket(zmq.PULL)
    inlet.connect(lane)
    out.send(b"")
    while True:
        out.send(inlet.recv())


def count(results, wanted, done):
    import zmq

    inlet = zmq.Context().socket(zmq.PULL)
    inlet.bind(results)
    for _ in range(2):
        inlet.recv()
    done.put(0)
    while True:
        number = wanted.get()
        for _ in range(number):
            inlet.recv()
        done.put(number)


@contextlib.contextmanager
def with_pyzmq():
    """As pipeline.c, with a thread of Python for each role."""
    import zmq

    with tempfile.TemporaryDirectory() as folder:
        lane, results = f"ipc://{folder}/lane", f"ipc://{folder}/results"
        wanted, done = multiprocessing.Queue(), multiprocessing.Queue()
        processes = [multiprocessing.Process(target=pass_on, args=(lane, results)) for _ in range(2)]
        processes.append(multiprocessing.Process(target=count, args=(results, wanted, done)))
        for process in processes:
            process.start()
        socket = zmq.Context().socket(zmq.PUSH)
        socket.bind(lane)
        done.get()
        time.sleep(0.3)

        def run(payloads):
            wanted.put(len(payloads))
            for payload in payloads:
                socket.send(payload)
            return done.get()

        yield run
        for process in processes:
            process.kill()


@contextlib.contextmanager
def with_dask():
    import distributed

    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, \
            distributed.Client(cluster) as client:
        yield lambda payloads: len(client.gather(client.map(noop, payloads, pure=False)))


@contextlib.contextmanager
def with_ray_tasks():
    import ray

    ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR")
    task = ray.remote(noop)
    yield lambda payloads: len(ray.get([task.remote(payload) for payload in payloads]))
    ray.shutdown()


@contextlib.contextmanager
def with_ray_actors():
    import ray

    ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR")

    class Worker:
        def noop(self, payload):
            return payload

    actors = [ray.remote(Worker).remote() for _ in range(2)]
    yield lambda payloads: len(
        ray.get([actors[index % 2].noop.remote(payload) for index, payload in enumerate(payloads)]))
    ray.shutdown()


@contextlib.contextmanager
def with_celery():
    """Results kept in Redis, as the broker's messages are."""
    import redis

    os.environ["CELERY_REDIS"] = f"redis://127.0.0.1:{REDIS_PORT}"
    import celery_tasks  # It reads the environment.
    from celery.result import ResultSet

    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            ["redis-server", "--port", str(REDIS_PORT), "--bind", "127.0.0.1", "--save", "",
             "--appendonly", "no", "--dir", folder], stdout=subprocess.DEVNULL)
        client = redis.Redis(port=REDIS_PORT)
        while True:
            try:
                client.ping()
                break
            except redis.ConnectionError:
                time.sleep(0.05)
        workers = subprocess.Popen(
            [sys.executable, "-B", "-m", "celery", "-A", "celery_tasks:application", "worker",
             "--pool", "prefork", "--concurrency", "2", "--loglevel", "ERROR", "--without-gossip",
             "--without-mingle"],
            cwd=pathlib.Path(__file__).parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield lambda payloads: len(ResultSet(
                [celery_tasks.noop.delay(payload.hex()) for payload in payloads]
            ).join_native(timeout=600))
        finally:
            workers.terminate()
            workers.wait()
            server.terminate()
            server.wait()


@contextlib.contextmanager
def with_parsl():
    import parsl
    from parsl.config import Config
    from parsl.executors import HighThroughputExecutor
    from parsl.providers import LocalProvider

    # Its own programs lie beside the interpreter.
    os.environ["PATH"] = f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}"
    with tempfile.TemporaryDirectory() as folder:
        parsl.load(Config(run_dir=folder, initialize_logging=False, executors=[HighThroughputExecutor(
            address="127.0.0.1", loopback_address="127.0.0.1", max_workers_per_node=2,
            cores_per_worker=1, provider=LocalProvider(init_blocks=1, max_blocks=1))]))
        app = parsl.python_app(noop)
        yield lambda payloads: sum(1 for future in [app(payload) for payload in payloads]
                                   if future.result() is not None)
        parsl.dfk().cleanup()


def main():
    system, tasks = sys.argv[1], int(sys.argv[2])
    payloads = [os.urandom(64) for _ in range(tasks)]
    with globals()[f"with_{system.replace('-', '_')}"]() as run:
        run(payloads[:WARM_UP])
        begun = time.monotonic()
        answered = run(payloads)
        seconds = time.monotonic() - begun
        if answered != tasks:
            raise SystemExit(f"error: {answered} results of {tasks} tasks")
        print(json.dumps({"system": system, "tasks": tasks, "seconds": seconds,
                          "tasks_per_second": tasks / seconds}), flush=True)


if __name__ == "__main__":
    main()
