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
  /// - Parameter processor: what roles and workers share while they take turns, if anything.
  /// - Throws: what a role throws when it starts. The roles started before have ended then.
  init(
    _ request: RunRequest, context: Context, directory: PrivateDirectory,
    processor: SharedProcessor?, observer: SupervisorEngine.Observer, log: Logger
  ) throws {
    let run = request.specification.run
    let connections = try Connections(
      context, .local(directory), supervisor: SupervisorAddress(directory: directory))
    let ventilatorBeats = Self.beats(of: .ventilator, .ventilator, "ventilator", request)
    let sinkBeats = Self.beats(of: .sink, .sink, "sink", request)
    let beats = try BeatPublisher(connections, sources: [ventilatorBeats, sinkBeats])
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
          maximumPartitions: request.maximumPartitions, makeSinkPart: request.makeSinkPart,
          target: request.target, storage: request.storage, processor: processor),
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
          byReference: request.byReference ? .always : .never, compresses: request.compresses,
          storage: request.storage, processor: processor),
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
