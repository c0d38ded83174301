import PipelineCore

/// What a process does as one node.
protocol Role: AnyObject {
  /// What the node's next beat says, apart from what ``refreshBeat(in:)`` brings up to date.
  var beat: Beat { get set }
  /// Puts the machine's state into the beat.
  func refreshBeat(in world: World)
}
