// swift-tools-version: 6.2
import PackageDescription

/// Our own Swift targets: Swift 6 language mode, and a warning is an error.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
]

/// A door to a C library: a module map over the Debian package's headers.
func door(_ name: String, pkgConfig: String? = nil, debian: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/CLibraries/\(name)", pkgConfig: pkgConfig,
    providers: [.apt([debian])])
}

/// A door with a lock: a small C target that keeps longjmp, varargs and raw pointers to itself.
func cTarget(
  _ name: String, dependencies: [Target.Dependency] = [], linking library: String? = nil
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/CLibraries/\(name)",
    cSettings: [.treatAllWarnings(as: .error), .enableWarning("all"), .enableWarning("extra")],
    linkerSettings: library.map { [.linkedLibrary($0)] } ?? [])
}

let package = Package(
  name: "eau",
  products: [
    .executable(name: "eau", targets: ["EAURepl"]),
    .library(name: "ModalityKit", targets: ["ModalityKit"]),
    .library(name: "SeededRandom", targets: ["SeededRandom"]),
    .library(name: "Fusion", targets: ["Fusion"]),
    .library(name: "Modalities", targets: ["Modalities"]),
    .library(name: "EncoderChecks", targets: ["EncoderChecks"]),
    .library(name: "TabularPlugin", type: .dynamic, targets: ["TabularPlugin"]),
    .library(name: "TimeSeriesPlugin", type: .dynamic, targets: ["TimeSeriesPlugin"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    door("OpenBLAS", pkgConfig: "openblas", debian: "libopenblas-dev"),
    door("SndFile", pkgConfig: "sndfile", debian: "libsndfile1-dev"),
    door("Soxr", pkgConfig: "soxr", debian: "libsoxr-dev"),
    door("Stemmer", debian: "libstemmer-dev"),
    door("XXHash", pkgConfig: "libxxhash", debian: "libxxhash-dev"),
    door("Cairo", pkgConfig: "cairo", debian: "libcairo2-dev"),
    cTarget("PNGCodec", linking: "png16"),
    cTarget("LineEditor", linking: "edit"),
    cTarget("VectorMath"),
    cTarget("Kernels", dependencies: ["VectorMath"]),
    cTarget("ImageKernels"),
    cTarget("SpectralKernels", dependencies: ["VectorMath"]),
    cTarget("PluginABI"),
    cTarget("ProcessSpawn"),

    .target(name: "SeededRandom", dependencies: ["Kernels"], swiftSettings: strict),
    .target(
      name: "ModalityKit", dependencies: ["SeededRandom", "PluginABI"], swiftSettings: strict),
    .target(
      name: "Autograd", dependencies: ["SeededRandom", "OpenBLAS", "Kernels"],
      swiftSettings: strict),
    .target(name: "FeatureCache", dependencies: ["ModalityKit", "XXHash"], swiftSettings: strict),
    .target(
      name: "Fusion", dependencies: ["Autograd", "Kernels", "ModalityKit", "FeatureCache"],
      swiftSettings: strict),
    .target(
      name: "Modalities",
      dependencies: [
        "ModalityKit", "PNGCodec", "ImageKernels", "SndFile", "Soxr", "SpectralKernels", "Stemmer",
      ],
      swiftSettings: strict),
    .target(
      name: "EncoderChecks", dependencies: ["ModalityKit", "SeededRandom"], swiftSettings: strict),
    .target(
      name: "PluginProcess", dependencies: ["ModalityKit", "ProcessSpawn"],
      path: "Plugins/Process/Connection",
      swiftSettings: strict),
    .target(
      name: "PluginTemplates", path: "Plugins/Templates",
      resources: [
        .embedInCode("C/encoder.c.template"), .embedInCode("C/Makefile.template"),
        .embedInCode("C/eau_plugin.h"), .embedInCode("Python/encoder.py.template"),
        .embedInCode("Python/eau_plugin.py"), .embedInCode("Swift/Package.swift.template"),
        .embedInCode("Swift/Encoder.swift.template"),
      ], swiftSettings: strict),
    .target(
      name: "TeachingTexts",
      resources: [
        .embedInCode("glossary.txt"), .embedInCode("Lessons/gaussian.lesson"),
        .embedInCode("Lessons/sigma.lesson"), .embedInCode("Lessons/divergence.lesson"),
        .embedInCode("Lessons/weights.lesson"), .embedInCode("Lessons/calibration.lesson"),
      ], swiftSettings: strict),
    .target(name: "Datasets", dependencies: ["ModalityKit", "PNGCodec"], swiftSettings: strict),
    .executableTarget(
      name: "EAURepl",
      dependencies: [
        "Autograd", "EncoderChecks", "FeatureCache", "Fusion", "Modalities", "Datasets",
        "LineEditor", "PluginProcess", "PluginTemplates", "TeachingTexts", "Cairo",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "eau-bench",
      dependencies: [
        "Autograd", "Fusion", "Modalities", "ModalityKit", "OpenBLAS", "PluginABI",
        "PluginProcess", "SeededRandom",
      ],
      path: "Benchmarks/Program",
      swiftSettings: strict),

    // A plugin is a library that tests can link, and an entry that only `plugin load` finds: two
    // entries in one program would clash.
    .target(
      name: "Tabular", dependencies: ["ModalityKit", "SeededRandom"],
      path: "Plugins/Tabular/Encoder", swiftSettings: strict),
    .target(
      name: "TabularPlugin", dependencies: ["Tabular", "ModalityKit"],
      path: "Plugins/Tabular/Entry", swiftSettings: strict),
    .target(
      name: "TimeSeries", dependencies: ["ModalityKit", "SeededRandom"],
      path: "Plugins/TimeSeries/Encoder", swiftSettings: strict),
    .target(
      name: "TimeSeriesPlugin", dependencies: ["TimeSeries", "ModalityKit"],
      path: "Plugins/TimeSeries/Entry", swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["Autograd"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .target(name: "AllocationCounting", path: "Tests/AllocationCounting"),
    .testTarget(
      name: "ModalityKitTests", dependencies: ["ModalityKit", "EncoderChecks", "PluginABI"],
      swiftSettings: strict),
    .testTarget(
      name: "AutogradTests", dependencies: ["Autograd", "Kernels", "TestSupport", "VectorMath"],
      swiftSettings: strict),
    .testTarget(
      name: "FusionTests", dependencies: ["AllocationCounting", "Fusion", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ModalitiesTests",
      dependencies: ["Modalities", "EncoderChecks", "SeededRandom", "SndFile", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "FeatureCacheTests", dependencies: ["FeatureCache", "Fusion", "Modalities"],
      swiftSettings: strict),
    .testTarget(
      name: "EncoderChecksTests", dependencies: ["EncoderChecks", "ModalityKit", "SeededRandom"],
      swiftSettings: strict),
    .testTarget(
      name: "PluginProcessTests", dependencies: ["PluginProcess", "EncoderChecks", "ModalityKit"],
      swiftSettings: strict),
    .testTarget(
      name: "TabularTests",
      dependencies: ["Tabular", "EncoderChecks", "Modalities", "ModalityKit", "SeededRandom"],
      swiftSettings: strict),
    .testTarget(
      name: "TimeSeriesTests", dependencies: ["TimeSeries", "EncoderChecks", "ModalityKit"],
      swiftSettings: strict),
    .testTarget(name: "BenchmarkTests", dependencies: ["eau-bench"], swiftSettings: strict),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets"], swiftSettings: strict),
    .testTarget(
      name: "EAUReplTests", dependencies: ["EAURepl", "SeededRandom"],
      exclude: ["Terminal/pty_session.py"],
      swiftSettings: strict),
  ]
)
