import PipelineCore
import Testing
import ZeroMQ

@testable import Runtime

@Suite struct PeerKeysTests {
  private let supervisor = NodeIncarnation(1, 10)
  private let start = Instant(nanoseconds: 0)

  private func roster(
    of supervisor: NodeIncarnation, _ members: [(NodeIncarnation, CurvePublicKey)]
  ) -> Roster {
    Roster(
      supervisor: supervisor, sequence: 1, interval: .seconds(1),
      run: Roster.RunState(id: .test, phase: .running, total: nil),
      members: members.map { node, key in
        Roster.Member(
          node: node, roles: .worker, name: "worker", endpoints: Beat.Endpoints(key: key.bytes))
      })
  }

  @Test func whoIsOnTheRosterGetsInAndWhoIsNotDoesNot() throws {
    try withContext { context, _ in
      let keys = try (0..<3).map { _ in try CurveKeyPair.generate().publicKey }
      let peers = try PeerKeys(context, supervisor: keys[0], list: nil)
      let worker = NodeIncarnation(4, 40)
      #expect(peers.handler.isAllowed(keys[0]))
      #expect(!peers.handler.isAllowed(keys[1]))
      peers.learn(roster(of: supervisor, [(worker, keys[1])]), at: start)
      #expect(peers.handler.isAllowed(keys[0]))
      #expect(peers.handler.isAllowed(keys[1]))
      #expect(peers.key(of: worker) == keys[1])
      #expect(peers.key(of: NodeIncarnation(4, 41)) == nil)
      peers.learn(roster(of: supervisor, [(worker, keys[2])]), at: start)
      #expect(!peers.handler.isAllowed(keys[1]))
      #expect(peers.key(of: worker) == keys[2])
    }
  }

  /// It lists its nodes by and by; what comes from the others meanwhile is not to be lost.
  @Test func theNodesOfAnotherSupervisorGetInForAWhile() throws {
    try withContext { context, _ in
      let keys = try (0..<2).map { _ in try CurveKeyPair.generate().publicKey }
      let peers = try PeerKeys(context, supervisor: keys[0], list: nil)
      peers.learn(roster(of: supervisor, [(NodeIncarnation(4, 40), keys[1])]), at: start)
      let next = NodeIncarnation(1, 11)
      peers.learn(roster(of: next, []), at: start)
      #expect(peers.handler.isAllowed(keys[1]))
      peers.learn(roster(of: next, []), at: start + .seconds(7))
      #expect(peers.handler.isAllowed(keys[1]))
      peers.learn(roster(of: next, []), at: start + .seconds(8))
      #expect(!peers.handler.isAllowed(keys[1]))
    }
  }

  @Test func aListDecidesAlone() throws {
    try withContext { context, _ in
      let keys = try (0..<3).map { _ in try CurveKeyPair.generate().publicKey }
      let peers = try PeerKeys(context, supervisor: keys[0], list: [keys[1]])
      peers.learn(roster(of: supervisor, [(NodeIncarnation(4, 40), keys[2])]), at: start)
      // Roles in the supervisor's own process have its key.
      #expect(peers.handler.isAllowed(keys[0]))
      #expect(peers.handler.isAllowed(keys[1]))
      #expect(!peers.handler.isAllowed(keys[2]))
      #expect(peers.key(of: NodeIncarnation(4, 40)) == keys[2])
      peers.replaceList(with: [])
      #expect(!peers.handler.isAllowed(keys[1]))
    }
  }
}
