// Measures csp's C++ engine with nodes written in C++, without Python: the same graphs as engine/bench_test.go. bench.py
// builds it against the engine that pip's csp ships. Prints one line a case: name, figure, unit. Each case first checks
// that it computed the right thing.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

#include <csp/engine/AlarmInputAdapter.h>
#include <csp/engine/CspType.h>
#include <csp/engine/Node.h>
#include <csp/engine/PushInputAdapter.h>
#include <csp/engine/RootEngine.h>
#include <csp/engine/TimerInputAdapter.h>

// The type of values of a language that embeds the engine; there is none here.
namespace csp
{
DialectGenericType::DialectGenericType() : m_data( nullptr ) {}
DialectGenericType::~DialectGenericType() {}
DialectGenericType::DialectGenericType( const DialectGenericType & ) : m_data( nullptr ) {}
DialectGenericType::DialectGenericType( DialectGenericType && ) : m_data( nullptr ) {}
DialectGenericType & DialectGenericType::operator=( const DialectGenericType & ) { return *this; }
DialectGenericType & DialectGenericType::operator=( DialectGenericType && ) { return *this; }
DialectGenericType   DialectGenericType::deepcopy() const { return *this; }
bool                 DialectGenericType::operator==( const DialectGenericType & ) const { return true; }
size_t               DialectGenericType::hash() const { return 0; }
std::ostream &       operator<<( std::ostream & o, const DialectGenericType & ) { return o; }
}

// What csp's library refers to and no benchmark needs: two types that its Python side describes, and a helper that only
// newer standard libraries have.
extern "C"
{
std::shared_ptr<csp::StructMeta> event __asm__( "_ZN3csp7autogen18DynamicBasketEvent6s_metaE" );
std::shared_ptr<csp::StructMeta> events __asm__( "_ZN3csp7autogen19DynamicBasketEvents6s_metaE" );
void replace() __asm__( "_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE15_M_replace_coldEPcmPKcmm" );
__attribute__( ( weak ) ) void replace() { std::abort(); }
}

using namespace csp;
using Clock = std::chrono::steady_clock;

static const DateTime START = DateTime::fromSeconds( 1000000000 );

static CspTypePtr & INT() { return CspType::INT64(); }

static double since( Clock::time_point t )
{
    return std::chrono::duration<double, std::nano>( Clock::now() - t ).count();
}

static void print( const char * name, double value, const char * unit ) { std::printf( "%s %.4g %s\n", name, value, unit ); }

static void want( const char * name, int64_t got, int64_t wanted )
{
    if( got == wanted )
        return;
    std::fprintf( stderr, "%s: got %lld, want %lld\n", name, (long long) got, (long long) wanted );
    std::exit( 1 );
}

static Dictionary settings( bool realtime )
{
    Dictionary d;
    d.insert( "realtime", realtime );
    return d;
}

// Adds its inputs and one.
struct Add : Node
{
    Add( Engine * e, std::vector<const TimeSeriesProvider *> in, int64_t plus ) : Node( NodeDef( in.size(), 1 ), e ), m_plus( plus )
    {
        createOutput( INT(), 0 );
        for( size_t i = 0; i < in.size(); ++i )
            link( const_cast<TimeSeriesProvider *>( in[i] ), InputId( i ) );
    }
    const char * name() const override { return "add"; }
    void executeImpl() override
    {
        int64_t sum = m_plus;
        for( int i = 0; i < numInputs(); ++i )
            sum += tsinput( i ) -> lastValueTyped<int64_t>();
        tsoutput( 0 ) -> outputTickTyped<int64_t>( cycleCount(), now(), sum );
    }
    int64_t m_plus;
};

struct AddOne : Node
{
    AddOne( Engine * e, const TimeSeriesProvider * in ) : Node( NodeDef( 1, 1 ), e )
    {
        createOutput( INT(), 0 );
        link( const_cast<TimeSeriesProvider *>( in ), InputId( 0 ) );
    }
    const char * name() const override { return "addOne"; }
    void executeImpl() override
    {
        tsoutput( 0 ) -> outputTickTyped<int64_t>( cycleCount(), now(), tsinput( 0 ) -> lastValueTyped<int64_t>() + 1 );
    }
};

struct Last : Node
{
    Last( Engine * e, const TimeSeriesProvider * in ) : Node( NodeDef( 1, 0 ), e )
    {
        link( const_cast<TimeSeriesProvider *>( in ), InputId( 0 ) );
    }
    const char * name() const override { return "last"; }
    void executeImpl() override
    {
        value = tsinput( 0 ) -> lastValueTyped<int64_t>();
        ++count;
    }
    int64_t value = 0, count = 0;
};

// Sets its alarm again each time it ticks.
struct Rearm : Node
{
    Rearm( Engine * e, TimeDelta first, TimeDelta every ) : Node( NodeDef( 1, 0 ), e ), m_first( first ), m_every( every )
    {
        createAlarm<int64_t>( INT(), 0 );
    }
    const char * name() const override { return "rearm"; }
    AlarmInputAdapter<int64_t> * alarm()
    {
        return static_cast<AlarmInputAdapter<int64_t> *>( const_cast<TimeSeriesProvider *>( tsinput( 0 ) ) );
    }
    void start() override { alarm() -> scheduleAlarm( m_first, 1 ); }
    void executeImpl() override
    {
        alarm() -> scheduleAlarm( m_every, 1 );
        ++count;
    }
    TimeDelta m_first, m_every;
    int64_t   count = 0;
};

static TimerInputAdapter<int64_t> * timer( Engine & e )
{
    return e.createOwnedObject<TimerInputAdapter<int64_t>>( INT(), TimeDelta::fromNanoseconds( 1 ), 1, false );
}

// Runs cycles of 1 ns and reports the time a node.
static void cycles( const char * name, RootEngine & e, int64_t n, int64_t perCycle )
{
    auto t = Clock::now();
    e.run( START, START + TimeDelta::fromNanoseconds( n ) );
    print( name, since( t ) / n / perCycle, "ns/node-tick" );
}

static void chain( const char * name, int nodes, int64_t n )
{
    RootEngine                 e( settings( false ) );
    const TimeSeriesProvider * x = timer( e );
    for( int i = 0; i < nodes; ++i )
        x = e.createOwnedObject<AddOne>( x ) -> tsoutput( 0 );
    auto * end = e.createOwnedObject<Last>( x );
    cycles( name, e, n, nodes );
    want( name, end -> value, nodes + 1 );
    want( name, end -> count, n );
}

static void fanOut( int64_t n )
{
    RootEngine e( settings( false ) );
    auto *     x    = timer( e );
    Last *     last = nullptr;
    for( int i = 0; i < 1000; ++i )
        last = e.createOwnedObject<Last>( x );
    cycles( "FanOut", e, n, 1000 );
    want( "FanOut", last -> count, n );
}

static void fanOutAddSink( int64_t n )
{
    RootEngine e( settings( false ) );
    auto *     x    = timer( e );
    Last *     last = nullptr;
    for( int i = 0; i < 1000; ++i )
        last = e.createOwnedObject<Last>( e.createOwnedObject<AddOne>( x ) -> tsoutput( 0 ) );
    cycles( "FanOutAddSink", e, n, 2000 );
    want( "FanOutAddSink", last -> value, 2 );
}

static void tree( int64_t n )
{
    RootEngine                              e( settings( false ) );
    auto *                                  x = timer( e );
    std::vector<const TimeSeriesProvider *> row;
    for( int i = 0; i < 1024; ++i )
        row.push_back( e.createOwnedObject<AddOne>( x ) -> tsoutput( 0 ) );
    while( row.size() > 1 )
    {
        std::vector<const TimeSeriesProvider *> up;
        for( size_t i = 0; i < row.size(); i += 2 )
            up.push_back( e.createOwnedObject<Add>( std::vector{ row[i], row[i + 1] }, 0 ) -> tsoutput( 0 ) );
        row = up;
    }
    auto * end = e.createOwnedObject<Last>( row[0] );
    cycles( "Tree", e, n, 2047 );
    want( "Tree", end -> value, 2048 );
}

// Notes when the engine has started, or when the first round of alarms is over, so that only what follows is measured.
struct Stopwatch : Node
{
    Stopwatch( Engine * e, TimeDelta at ) : Node( NodeDef( 1, 0 ), e ), m_at( at ) { createAlarm<int64_t>( INT(), 0 ); }
    const char * name() const override { return "stopwatch"; }
    void         start() override
    {
        static_cast<AlarmInputAdapter<int64_t> *>( const_cast<TimeSeriesProvider *>( tsinput( 0 ) ) ) -> scheduleAlarm( m_at, 1 );
    }
    void executeImpl() override { began = Clock::now(); }
    TimeDelta         m_at;
    Clock::time_point began;
};

static void sparse( int nodes, int64_t n )
{
    RootEngine e( settings( false ) );
    auto *     x     = timer( e );
    auto *     never = e.createOwnedObject<TimerInputAdapter<int64_t>>( INT(), TimeDelta::fromSeconds( 1000000 ), 1, false );
    Last *     last  = nullptr;
    for( int i = 0; i < nodes; ++i )
    {
        bool on = i % ( nodes / 8 ) == nodes / 16;
        auto * l = e.createOwnedObject<Last>( on ? x : never );
        last = on ? l : last;
    }
    auto * watch = e.createOwnedObject<Stopwatch>( TimeDelta::fromNanoseconds( 1 ) );
    e.run( START, START + TimeDelta::fromNanoseconds( n ) );
    print( nodes == 1000 ? "Sparse/nodes=1000" : "Sparse/nodes=100000", since( watch -> began ) / n, "ns/cycle" );
    want( "Sparse", last -> count, n );
}

static void alarmCycle( int64_t n )
{
    RootEngine e( settings( false ) );
    auto *     node = e.createOwnedObject<Rearm>( TimeDelta::fromNanoseconds( 1 ), TimeDelta::fromNanoseconds( 1 ) );
    cycles( "AlarmCycle", e, n, 1 );
    want( "AlarmCycle", node -> count, n );
}

static void timerCycle( int64_t n )
{
    RootEngine e( settings( false ) );
    auto *     last = e.createOwnedObject<Last>( timer( e ) );
    cycles( "TimerCycle", e, n, 1 );
    want( "TimerCycle", last -> count, n );
}

static void alarms( bool spread, int rounds )
{
    const int  n = 100000;
    RootEngine e( settings( false ) );
    auto       every = TimeDelta::fromMilliseconds( 100 );
    Rearm *    node  = nullptr;
    for( int64_t i = 0; i < n; ++i )
        node = e.createOwnedObject<Rearm>( spread ? TimeDelta::fromNanoseconds( ( i * 7919 % n + 1 ) * 1000 ) : every, every );
    auto * watch = e.createOwnedObject<Stopwatch>( every );
    e.run( START, START + TimeDelta::fromMilliseconds( 100 * ( rounds + 1 ) ) );
    print( spread ? "Alarms/spread" : "Alarms/aligned", since( watch -> began ) / n / rounds, "ns/alarm" );
    want( "Alarms", node -> count, rounds + 1 );
}

struct Push : PushInputAdapter
{
    Push( Engine * e ) : PushInputAdapter( e, INT(), PushMode::NON_COLLAPSING ) {}
    void start( DateTime, DateTime ) override { ready = true; }
    std::atomic<bool> ready{ false };
};

// Takes pushed values; those of a latency run are the moments at which they were pushed.
struct Taker : Node
{
    Taker( Engine * e, const TimeSeriesProvider * in, int64_t n ) : Node( NodeDef( 1, 0 ), e ), m_left( n )
    {
        link( const_cast<TimeSeriesProvider *>( in ), InputId( 0 ) );
    }
    const char * name() const override { return "taker"; }
    void         executeImpl() override
    {
        int64_t v = tsinput( 0 ) -> lastValueTyped<int64_t>();
        if( v > 1 )
            late.push_back( Clock::now().time_since_epoch().count() - v );
        if( --m_left == 0 )
            rootEngine() -> shutdown();
    }
    int64_t              m_left;
    std::vector<int64_t> late;
};

static void push( int64_t n )
{
    RootEngine e( settings( true ) );
    auto *     in = e.createOwnedObject<Push>();
    e.createOwnedObject<Taker>( in, n );
    std::thread run( [&] { e.run( DateTime::now(), DateTime::now() + TimeDelta::fromSeconds( 100 ) ); } );
    while( !in -> ready )
        ;
    auto t = Clock::now();
    for( int64_t i = 0; i < n; ++i )
        in -> pushTick<int64_t>( 1 );
    run.join();
    print( "Push/realtime", n / since( t ) * 1e3, "M/s" );
}

static void wakeup( const char * name, int64_t every, int64_t n )
{
    RootEngine e( settings( true ) );
    auto *     in    = e.createOwnedObject<Push>();
    auto *     taker = e.createOwnedObject<Taker>( in, n );
    std::thread run( [&] { e.run( DateTime::now(), DateTime::now() + TimeDelta::fromSeconds( 100 ) ); } );
    while( !in -> ready )
        ;
    auto next = Clock::now();
    for( int64_t i = 0; i < n; ++i )
    {
        next += std::chrono::nanoseconds( every );
        while( Clock::now() < next )
            ;
        in -> pushTick<int64_t>( Clock::now().time_since_epoch().count() );
    }
    run.join();
    std::sort( taker -> late.begin(), taker -> late.end() );
    print( name, taker -> late[taker -> late.size() / 2], "p50-ns" );
}

static void build( int n )
{
    auto       t = Clock::now();
    RootEngine e( settings( false ) );
    auto *     x = timer( e );
    for( int i = 0; i < n; ++i )
        e.createOwnedObject<AddOne>( x );
    e.run( START, START );
    print( "Build", since( t ) / n, "ns/node" );
}

int main()
{
    chain( "Chain/nodes=10", 10, 500000 );
    chain( "Chain/nodes=1000", 1000, 10000 );
    fanOut( 20000 );
    fanOutAddSink( 10000 );
    tree( 5000 );
    sparse( 1000, 500000 );
    sparse( 100000, 500000 );
    alarmCycle( 3000000 );
    timerCycle( 3000000 );
    alarms( true, 5 );
    alarms( false, 20 );
    push( 1000000 );
    wakeup( "Wakeup/every=10us", 10000, 30000 );
    wakeup( "Wakeup/every=100us", 100000, 5000 );
    build( 100000 );
}
