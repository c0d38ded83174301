import Logging
import PipelineCore
import ZeroMQ

/// The three roles of a coordinator, each on its own thread, and the thread of their beats.
final class CoordinatorRoles: Sendable {
  let supervisor: SupervisorEngine
  let ventilator: VentilatorEngine
  private let sink: SinkEngine
  private let beats: BeatPublisher

  /// Workers have the ids from here on.
  static let firstWorker: UInt64 = 4

  /// Starts the roles, whose errors come before any worker. The sink is first: to take up what earlier
  /// sessions stored may take longer than a supervisor's patience with work that nobody does.
  ///
  /// - Throws: what a role throws when it starts. The roles started before have ended then.
  init(
    _ request: RunRequest, context: Context, directory: PrivateDirectory,
    observer: SupervisorEngine.Observer, log: Logger
  ) throws {
    let run = request.specification.run
    let address = try SupervisorAddress(directory: directory)
    let endpoints = Beat.Endpoints(
      results: try directory.endpoint("results").description,
      receipts: "inproc://ventilator.receipts", orders: "inproc://ventilator.orders")
    let supervisorReceipts = "inproc://supervisor.receipts"

    func source(_ node: NodeID, _ roles: Roles, _ endpoints: Beat.Endpoints) -> BeatSource {
      BeatSource(
        Beat(
          sender: NodeIncarnation(
            node: node, incarnation: Incarnation(rawValue: .random(in: 1 ... .max))),
          roles: roles, name: roles.name, host: HostName.current, processID: HostName.processID,
          sequence: 0, interval: request.supervisor.interval, joined: false, endpoints: endpoints,
          progress: Beat.Progress(), phase: .working, run: run))
    }
    let supervisorBeats = source(
      Self.supervisorNode, .supervisor, Beat.Endpoints(receipts: supervisorReceipts))
    let ventilatorBeats = source(
      Self.ventilatorNode, .ventilator,
      Beat.Endpoints(receipts: endpoints.receipts, orders: endpoints.orders))
    let sinkBeats = source(Self.sinkNode, .sink, Beat.Endpoints(results: endpoints.results))
    // The supervisor is where the roster comes from: it needs not see itself in it.
    _ = supervisorBeats.update { $0.joined = true }

    let beats = try BeatPublisher(
      context: context, endpoint: address.beats, options: RuntimeLimits.controlSocket,
      sources: [supervisorBeats, ventilatorBeats, sinkBeats])
    self.beats = beats
    let stop = try StopSignal()
    func link(_ source: BeatSource) -> RoleLink {
      RoleLink(
        connections: connections, beats: source, beatNow: { beats.beatNow() }, stop: stop, log: log)
    }
    let sink: SinkEngine
    do {
      sink = try SinkEngine(
        SinkEngine.Setup(
          run: run, identity: sinkBeats.sender, stage: request.specification.stage,
          makeSinkPart: request.makeSinkPart, target: request.target,
          storage: request.storage),
        link: link(sinkBeats))
    } catch {
      beats.stop()
      throw error
    }
    self.sink = sink
    let supervisor: SupervisorEngine
    do {
      supervisor = try SupervisorEngine(
        SupervisorEngine.Setup(run: run, configuration: request.supervisor),
        connections: connections, observer: observer, log: log)
    } catch {
      // No roster will tell the sink to leave.
      stop.raise()
      _ = sink.join()
      beats.stop()
      throw error
    }
    self.supervisor = supervisor
    do {
      ventilator = try VentilatorEngine(
        VentilatorEngine.Setup(
          run: run, identity: ventilatorBeats.sender, specification: request.specification,
          configuration: request.ventilator, openSource: request.openSource,
          byReference: request.byReference ? .always : .never, storage: request.storage),
        link: link(ventilatorBeats))
    } catch {
      supervisor.cancel(Failure(.operating, "the ventilator did not start: \(error)"))
      _ = sink.join()
      beats.stop()
      supervisor.stop()
      throw error
    }
  }

  private static func beats(
    of node: NodeID, _ roles: Roles, _ name: String, _ request: RunRequest
  ) -> BeatSource {
    BeatSource(
      Beat(
        sender: NodeIncarnation(freshOf: node), roles: roles, name: name, host: HostName.current,
        processID: HostName.processID, sequence: 0, interval: request.supervisor.interval,
        joined: false, endpoints: Beat.Endpoints(), progress: Beat.Progress(), phase: .working,
        run: request.specification.run))
  }

  /// Waits until the roles have left, which they do when the run is over.
  func leave() -> SinkEngine.Ending {
    ventilator.join()
    let ending = sink.join()
    beats.stop()
    supervisor.stop()
    return ending
  }
}
