import PipelineCore
import Testing
import ZeroMQ

@testable import Runtime

/// Nodes that come, go, come back or are shut out while a run goes on.
@Suite(.serialized) struct ClusterMembershipTests {
  private static let run = RunID(rawValue: 0xb1)

  /// A run over lines that goes on until a gate is opened.
  private func withRun(
    _ protection: TestCluster.Protection, durability: RunStorage.Durability = .off,
    held: UInt32 = 100,
    _ body: (TestCluster, LineRun.Copying, StorageBook) throws -> Void
  ) throws {
    try withCluster(protection) { cluster, directory in
      let path = "\(directory.path)/lines"
      try write(bytes(LineRun.lines), to: path)
      let book = StorageBook()
      let request = LineRun.request(
        directory, try inspect(path), .joined,
        book.storage(durability, in: "\(directory.path)/results"))
      cluster.directory.add(Self.run, request)
      let copying = try LineRun.Copying(held: held)
      defer { copying.gate.open(nil) }
      cluster.begin(Self.run)
      try body(cluster, copying, book)
      copying.gate.open(nil)
      #expect(cluster.end(of: Self.run).output.map(text) == LineRun.lines)
    }
  }

  @Test(arguments: TestCluster.Protection.allCases)
  func aWorkerThatJoinsLateTakesItsShare(protection: TestCluster.Protection) throws {
    try withRun(protection, held: 0) { cluster, copying, _ in
      try cluster.startVentilator()
      try cluster.startSink()
      try cluster.startWorker(copying.registry)
      #expect(cluster.has(workers: 1))
      let late = try LineRun.Copying()
      try cluster.startWorker(late.registry)
      #expect(late.computed.waits { $0.count >= 100 })
    }
  }

  @Test(arguments: TestCluster.Protection.allCases)
  func aWorkerThatIsToldToEndFinishesWhatItBegan(protection: TestCluster.Protection) throws {
    try withRun(protection, held: 50) { cluster, copying, _ in
      try cluster.startVentilator()
      try cluster.startSink()
      let leaving = try cluster.startWorker(copying.registry)
      #expect(cluster.isAt(50))
      leaving.signal()
      #expect(cluster.nodes.waits { $0.contains { $0.beat.isDraining } })
      let staying = try LineRun.Copying()
      try cluster.startWorker(staying.registry)
      copying.gate.open(nil)
      leaving.join()
      #expect(cluster.events.waits { _ in cluster.losses.contains { $0.roles == .worker } })
      #expect(cluster.losses.filter { $0.roles == .worker }.map(\.cause) == [.left])
      // What it finished nobody does again; nobody is charged.
      #expect(staying.computed.waits { $0.count >= 60 })
      for (index, count) in copying.computed.value {
        #expect(count == 1)
        #expect(staying.computed.value[index] == nil, "partition \(index)")
      }
    }
  }

  @Test func aWorkerWhoseKeyIsRevokedIsShutOut() throws {
    try withRun(.curve, held: 60) { cluster, copying, _ in
      try cluster.startVentilator()
      try cluster.startSink()
      let revoked = try cluster.startWorker(copying.registry, name: "traitor")
      #expect(cluster.isAt(60))
      try cluster.keys?.revoke("traitor")
      #expect(cluster.events.waits { _ in cluster.losses.contains { $0.cause == .revoked } })
      // It goes on trying, and is refused.
      #expect(cluster.has(workers: 0))
      let denied = cluster.connections.refusals.denied
      let other = try LineRun.Copying()
      try cluster.startWorker(other.registry)
      #expect(other.computed.waits { $0[60] != nil })
      copying.gate.open(nil)
      #expect(cluster.nodes.waits { _ in cluster.connections.refusals.denied > denied })
      revoked.stop()
    }
  }

  @Test(arguments: TestCluster.Protection.allCases)
  func aVentilatorAndASinkThatStartAgainGoOnWhereTheyWere(
    protection: TestCluster.Protection
  ) throws {
    try withRun(protection, durability: .process) { cluster, copying, book in
      let ventilator = try cluster.startVentilator()
      let sink = try cluster.startSink()
      try cluster.startWorker(copying.registry)
      try cluster.startWorker(copying.registry)
      #expect(book.stored.waits { $0.count >= 80 })
      ventilator.stop()
      try cluster.startVentilator()
      #expect(book.stored.waits { $0.count >= 90 })
      sink.stop()
      try cluster.startSink()
      #expect(book.recovered.waits { $0.count >= 90 })
      copying.gate.open(nil)
      _ = cluster.end(of: Self.run)
      // What was stored is not stored again.
      #expect(book.stored.value.values.allSatisfy { $0.count == 1 })
    }
  }

  @Test(arguments: TestCluster.Protection.allCases)
  func aSupervisorThatStartsAgainGoesOn(protection: TestCluster.Protection) throws {
    try withRun(protection) { cluster, copying, _ in
      try cluster.startVentilator()
      try cluster.startSink()
      try cluster.startWorker(copying.registry)
      #expect(copying.computed.waits { $0.count >= 40 })
      try cluster.restartSupervisor(run: Self.run)
      #expect(cluster.nodes.waits { $0.count == 4 })
      copying.gate.open(nil)
      _ = cluster.end(of: Self.run)
      #expect(copying.computed.value.values.allSatisfy { $0 == 1 })
      #expect(cluster.losses.allSatisfy { $0.cause == .left })
    }
  }

  @Test(arguments: TestCluster.Protection.allCases)
  func aWorkerThatNobodyCanReachIsReportedAndGetsNothing(
    protection: TestCluster.Protection
  ) throws {
    try withRun(protection) { cluster, copying, _ in
      try cluster.startVentilator()
      try cluster.startSink()
      // Of a block that is routed nowhere (RFC 5737).
      try cluster.startWorker(copying.registry, advertising: "192.0.2.1")
      #expect(
        cluster.events.waits { events in
          events.contains { event in
            if case .unreachable(_, _, let endpoint, _) = event {
              endpoint.hasPrefix("tcp://192.0.2.1:")
            } else {
              false
            }
          }
        })
      try cluster.startWorker(copying.registry)
      copying.gate.open(nil)
      _ = cluster.end(of: Self.run)
      #expect(copying.computed.value.values.allSatisfy { $0 == 1 })
    }
  }
}
