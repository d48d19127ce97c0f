import Foundation
import Testing

@testable import EAURepl

/// Runs the built `eau` as a process, away from the person's own home.
enum EauProcess {
  static let isBuilt = PseudoTerminal.program != nil

  struct Output: Sendable {
    let status: Int32
    let stdout: String
    let stderr: String

    /// Every line of stdout, which all must be JSON.
    func lines() throws -> [JSONValue] {
      try stdout.split(separator: "\n").map { try JSONValue.parse(String($0)) }
    }

    /// The results of a run in which every command went well.
    func results() throws -> [JSONValue] {
      try lines().map { line in
        try #require(line["result"], "\(line.text())")
      }
    }
  }

  /// - Parameters:
  ///   - arguments: of `eau`.
  ///   - input: its stdin; must fit into a pipe's buffer.
  ///   - workspace: its working directory and home.
  ///   - environment: added to, or in place of, the variables it is given.
  static func run(
    _ arguments: [String], input: String = "", in workspace: Workspace,
    environment: [String: String] = [:]
  ) throws -> Output {
    try run(
      try #require(PseudoTerminal.program), arguments, input: input, in: workspace,
      environment: environment)
  }

  static func run(
    _ program: String, _ arguments: [String], input: String = "", in workspace: Workspace,
    environment: [String: String] = [:]
  ) throws -> Output {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = workspace.folder
    process.environment = baseEnvironment(workspace).merging(environment) { $1 }
    let (standardInput, standardOutput) = (Pipe(), Pipe())
    // Written before the start: a program that ends early cannot break the pipe.
    try #require(input.utf8.count < 32_768)
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    // Messages go through a file, so that no two pipes need reading at once.
    let messages = workspace.folder.appending(path: "stderr-\(UUID().uuidString)")
    try Data().write(to: messages)
    let standardError = try FileHandle(forWritingTo: messages)
    process.standardInput = standardInput
    process.standardOutput = standardOutput
    process.standardError = standardError
    try process.run()
    let data = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try standardError.close()
    let stderr = String(decoding: try Data(contentsOf: messages), as: UTF8.self)
    try FileManager.default.removeItem(at: messages)
    return Output(
      status: process.terminationStatus, stdout: String(decoding: data, as: UTF8.self),
      stderr: stderr)
  }

  private static func baseEnvironment(_ workspace: Workspace) -> [String: String] {
    let own = ProcessInfo.processInfo.environment
    var environment = ["LANG": "C.UTF-8", "HOME": workspace.folder.path]
    for name in [
      "PATH", "LD_LIBRARY_PATH", "TMPDIR", "EAU_STAMPS", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE",
    ] {
      environment[name] = own[name]
    }
    for name in ["DATA", "STATE", "CONFIG", "CACHE"] {
      environment["XDG_\(name)_HOME"] = workspace.path("xdg-\(name.lowercased())")
    }
    return environment
  }
}

extension JSONValue {
  /// The names of an object's members, in order.
  var keys: [String] { members?.map(\.0) ?? [] }

  /// The numbers of an array; nil when one is not a finite number, which JSON writes as `null`.
  var finiteNumbers: [Double]? {
    guard let elements else { return nil }
    let numbers = elements.compactMap(\.double).filter(\.isFinite)
    return numbers.count == elements.count ? numbers : nil
  }

  /// The same without what a clock measured.
  var withoutSeconds: JSONValue {
    switch self {
    case .array(let elements): .array(elements.map(\.withoutSeconds))
    case .object(let members):
      .object(members.map { ($0.0, $0.0 == "seconds" ? .null : $0.1.withoutSeconds) })
    default: self
    }
  }

  /// The modality of that name in a result with `modalities`.
  func modality(_ name: String) -> JSONValue? {
    self["modalities"]?.elements?.first { $0["name"]?.string == name }
  }
}
