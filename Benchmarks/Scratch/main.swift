import Access
import Foundation
import Logging
import Operators
import PipelineCore
import Runtime
import Synchronization
import ZeroMQ

// scratch: LINKS none|curve workers partitions size
let a = CommandLine.arguments
let curve = a[1] == "curve"
let workers = Int(a[2])!
let partitions = Int64(a[3])!
let size = Int(a[4])!
LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
var log = Logger(label: "bench")
log.logLevel = .warning

struct Range: PartitionSource {
  var files: [SourceFile] { [] }
  var at: Int64 = 0
  let count: Int64
  let size: Int
  mutating func next() throws -> PartitionSlice? {
    guard at < count else { return nil }
    at += 1
    return .range(from: at - 1, count: 1, payload: size)
  }
}
final class Dir: RunDirectory {
  let v: VentilatorWork, s: SinkWork
  init(_ v: VentilatorWork, _ s: SinkWork) { self.v = v; self.s = s }
  func planned(_ run: RunID) throws -> VentilatorWork { v }
  func sinkWork(_ run: RunID) throws -> SinkWork? { s }
  func finished(_ run: RunID, captured: [UInt8]) throws {}
}
final class Part: SinkPart {
  var merge: ResultMerge { .concatenate }
  func header() throws -> [UInt8] { [] }
  func decode(_ result: UnsafeRawBufferPointer) throws -> any MergeState { fatalError() }
  func finish(_ state: (any MergeState)?, write: (UnsafeRawBufferPointer) throws -> Void) throws -> Int { 0 }
}

let path = "/tmp/mrbench-\(getpid())"
var keys: KeyDirectory?
var credentials: [String: Credentials] = [:]
var watch: AllowListWatch?
if curve {
  let k = KeyDirectory(path: path)
  _ = try k.create(nodes: [])
  credentials["supervisor"] = try k.loadSupervisor().credentials
  for n in ["ventilator", "sink", "worker"] {
    credentials[n] = try NodeKey.load(path: try k.add(NodeName(n))).credentials
  }
  watch = try AllowListWatch(path: k.allowList, interval: .seconds(1))
}
func transport(_ n: String) -> Transport {
  .network(Transport.Network(credentials: credentials[n] ?? .none, bindHost: "127.0.0.1"))
}
let address = try SupervisorAddress(network: "127.0.0.1:\(UInt16.random(in: 20000...30000))")
let run = RunID(rawValue: 7)
let storage = RunStorage.temporary(in: path + "-early")
let spec = StageSpecification(
  run: run, stage: 0, name: "s",
  steps: [.init(operator: "noop", configuration: [])], files: [])
let dir = Dir(
  VentilatorWork(
    specification: spec, openSource: { Range(count: partitions, size: size) }, byReference: .never,
    configuration: VentilatorConfiguration(), storage: storage),
  SinkWork(stage: 0, makeSinkPart: { Part() }, target: .discard, storage: storage))
let done = DispatchSemaphore(value: 0)
let start = Mutex<Double?>(nil)
func now() -> Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }
let configuration = Supervisor.Configuration(interval: .milliseconds(250), onlyChildren: false)
let connections = try Connections(Context(), transport("supervisor"), supervisor: address, allowList: watch)
let engine = try SupervisorEngine(
  .init(configuration: configuration), connections: connections,
  observer: .init(
    event: { e in if case .lost = e { print(e) } },
    progress: { s in
      if s.stored.partitions > 0 { start.withLock { if $0 == nil { $0 = now() } } }
    },
    ended: { o in
      let t = start.withLock { now() - ($0 ?? now()) }
      print(o)
      var u = rusage()
      getrusage(0, &u)
      let cpu = Double(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + Double(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6
      print(
        "\(a[1]) workers=\(workers) \(Int(Double(partitions) * Double(size) / 1048576 / t)) MiB/s \(t) s cpu \(cpu)")
      done.signal()
    }), log: log)
func go(_ f: @escaping @Sendable () throws -> Void) {
  Thread.detachNewThread { do { try f() } catch { print(error) } }
}
let v = try VentilatorAgent(
  .init(node: .ventilator, name: "v", supervisor: address, transport: transport("ventilator"), beatInterval: .milliseconds(250)),
  directory: dir, log: log)
go { try v.run() }
let s = try SinkAgent(
  .init(node: .sink, name: "s", supervisor: address, transport: transport("sink"), beatInterval: .milliseconds(250)),
  directory: dir, log: log)
go { try s.run() }
for i in 0..<workers {
  let w = try WorkerAgent(
    .init(node: NodeID(rawValue: UInt64(10 + i)), name: "w\(i)", supervisor: address, transport: transport("worker"), beatInterval: .milliseconds(250)),
    registry: OperatorRegistry(), log: log)
  go { _ = try w.run() }
}
Thread.sleep(forTimeInterval: 0.7)
engine.begin(run, configuration)
done.wait()
_exit(0)
