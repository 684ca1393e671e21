<?php
/* Installs WordPress without its page for that, makes the two users of the suite, and prints their passwords as JSON. */
define( 'WP_INSTALLING', true );
$_SERVER['HTTP_HOST'] = parse_url( getenv( 'HOSTS_ADDRESS' ), PHP_URL_HOST );
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

// No letter is sent.
function wp_new_blog_notification() {}

wp_install( 'A publisher', 'administrator', 'administrator@example.org', true, '', wp_generate_password() );
wp_insert_user(
	array(
		'user_login' => 'author',
		'user_pass'  => wp_generate_password(),
		'user_email' => 'author@example.org',
		'role'       => 'author',
	)
);
$users = array();
foreach ( array( 'administrator', 'author' ) as $name ) {
	$user                = get_user_by( 'login', $name );
	list( $password )    = WP_Application_Passwords::create_new_application_password( $user->ID, array( 'name' => 'suite' ) );
	$users[ $name ]      = array(
		'password'   => $password,
		'unfiltered' => user_can( $user, 'unfiltered_html' ),
	);
}
echo json_encode( $users );
