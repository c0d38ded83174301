import ResultStore
import Synchronization

extension SimulatedDisk {
  /// How many calls there were.
  package var operations: Int { state.withLock { $0.operations } }

  /// Whether calls are answered: the power has not gone at a call chosen with
  /// ``failPower(atOperation:)``.
  package var hasPower: Bool {
    state.withLock { $0.operations < $0.lastOperation ?? .max }
  }

  /// The files as a process sees them, by name; for tests that look at bytes.
  package var contents: [String: [UInt8]] {
    state.withLock { $0.files.mapValues(\.bytes) }
  }

  /// Puts a file there, durably, in place of what is there.
  package func put(_ bytes: [UInt8], as name: String) {
    state.withLock { state in
      var file = SimulatedFile()
      file.append(bytes)
      file.flush()
      state.files[name] = file
    }
  }

  /// The next append writes so many of its bytes, or all, and fails as a broken disk does.
  package func failNextAppend(after bytes: Int = 0) {
    state.withLock { $0.appendFailsAfter = bytes }
  }

  /// The next flush fails, and with it all appends and flushes up to the next start.
  package func failNextFlush() { state.withLock { $0.flushFails = true } }

  /// The next cut fails.
  package func failNextTruncate() { state.withLock { $0.truncateFails = true } }

  /// Lets so many bytes more be appended; `nil` ends the limit.
  package func limitSpace(to bytes: Int?) { state.withLock { $0.space = bytes } }

  /// Lets the power go at a call from now on, 1 being the next: that call may have its effect, but
  /// it and all later ones throw, until ``losePower()`` says what is left.
  package func failPower(atOperation operation: Int) {
    state.withLock { $0.lastOperation = $0.operations + operation }
  }

  /// Takes the power away and gives it back.
  ///
  /// What was flushed is there. Of each append that was not, there is all, nothing, a prefix, a
  /// prefix and zeros or noise, or some sectors of 512 bytes and not others, torn ones among them. A
  /// file that was never flushed may be missing or empty; a file that was removed may be there again.
  package func losePower() {
    state.withLock { state in
      for (name, file) in state.removed.sorted(by: { $0.key < $1.key })
      where state.files[name] == nil && file.exists && state.random.once(in: 2) {
        state.files[name] = file
      }
      state.removed = [:]
      for name in state.files.keys.sorted() {
        state.files[name] = state.files[name]?.afterPowerLoss(&state.random)
      }
      state.start()
    }
  }

  /// Ends the process and starts another on the same machine: what was written stays, but for files
  /// whose flush failed, of which what the disk holds is seen from now on.
  package func restart() {
    state.withLock { state in
      for name in state.files.keys.sorted() where state.files[name]?.isDoubtful == true {
        state.files[name] = state.files[name]?.afterPowerLoss(&state.random)
      }
      state.start()
    }
  }
}

extension SimulatedDisk.State {
  /// Forgets what a process knew and what was injected into its calls.
  fileprivate mutating func start() {
    failure = nil
    lastOperation = nil
    appendFailsAfter = nil
    flushFails = false
    truncateFails = false
  }
}
